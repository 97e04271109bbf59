cask "keyless-pull" do
  arch arm: "arm64", intel: "x86_64"

  version "@VERSION@"
  sha256 arm:   "@SHA256_MACOS_ARM@",
         intel: "@SHA256_MACOS_INTEL@"

  url "@URL@/releases/download/v#{version}/keyless-pull-#{version}-macos-#{arch}.dmg"
  name "@MACOS_NAME@"
  desc "@SHORT_SUMMARY@"
  homepage "@URL@"

  app "@MACOS_NAME@.app"
  binary "#{appdir}/@MACOS_NAME@.app/Contents/MacOS/@COMMAND@"

  # The record of what was made in Azure, by which it can be undone, is the user's: only "brew uninstall --zap" takes it.
  zap trash: "~/Library/Application Support/Keyless Pull"
end
