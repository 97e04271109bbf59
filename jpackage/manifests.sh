#!/bin/sh
# From the installers in target/installers to manifests for winget, Homebrew and Flatpak in target/manifests.
# README.md tells where they go.
#
#   jpackage/manifests.sh URL    the project's page as GitHub has it, such as https://github.com/OWNER/NAME
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=jpackage/common.sh
. jpackage/common.sh
manifests=target/manifests

case ${1:-} in
  https://?*) url=${1%/} ;;
  *) fail "name the project's page, from which the installers can be downloaded: jpackage/manifests.sh https://…" ;;
esac

# The SHA-256 of an installer; macOS has shasum.
sum() {
  { sha256sum "target/installers/$1" 2> /dev/null || shasum -a 256 "target/installers/$1"; } | cut -d ' ' -f 1
}

version=$(version)
user=keyless-pull-$version-windows-user.msi
machine=keyless-pull-$version-windows-machine.msi
arm=keyless-pull-$version-macos-arm64.dmg
intel=keyless-pull-$version-macos-x86_64.dmg
linux=keyless-pull_${version}_amd64.deb
missing=
for installer in "$user" "$machine" "$arm" "$intel" "$linux"; do
  [ -f "target/installers/$installer" ] || missing="$missing $installer"
done
[ -z "$missing" ] || fail "target/installers lacks$missing. Each system makes its own (package.sh, package.ps1);" \
  "put all of them there and repeat this"

rm -rf "$manifests"
(cd jpackage/manifests && find . -type f) | sort | while read -r file; do
  mkdir -p "$manifests/$(dirname "$file")"
  fill "jpackage/manifests/$file" "VERSION=$version" "DATE=$(day "${SOURCE_DATE_EPOCH:-$(source_date)}")" \
    "URL=$url" "DOWNLOADS=$url/releases/download/v$version" \
    "VENDOR=$(option common vendor)" "COPYRIGHT=$(option common copyright)" "SUMMARY=$(option common description)" \
    "SUMMARY_JA=$(entry 'Comment[ja]')" "SHORT_SUMMARY=$(sed -n 's/^Description: //p' jpackage/linux/control)" \
    "LICENSE=$(option linux-installer linux-rpm-license-type)" "COMMAND=$(option linux name)" \
    "WINDOWS_NAME=$(option windows name)" "MACOS_NAME=$(option macos name)" \
    "UPGRADE_CODE=$(option windows-installer win-upgrade-uuid)" \
    "EXTENSION=$(sed -n 's/^extension=//p' jpackage/setup-file.properties)" \
    "SHA256_WINDOWS_USER=$(sum "$user")" "SHA256_WINDOWS_MACHINE=$(sum "$machine")" \
    "SHA256_MACOS_ARM=$(sum "$arm")" "SHA256_MACOS_INTEL=$(sum "$intel")" "SHA256_LINUX=$(sum "$linux")" \
    > "$manifests/$file"
done
find "$manifests" -type f
