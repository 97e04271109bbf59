#!/bin/sh
# From a clean checkout to installers in target/installers, on Linux and macOS. README.md tells what it needs.
#
#   jpackage/package.sh                    builds the program and all packages of this system
#   jpackage/package.sh --built deb rpm    packages what `mvn package` left in target/; only these types
#
# Types on Linux: app-image deb rpm; on macOS: app-image dmg pkg.
set -eu
cd "$(dirname "$0")/.."
work=target/package
installers=target/installers

fail() {
  echo "package.sh: $*" >&2
  exit 1
}

# The feature version of a JDK that can package; nothing where it cannot.
feature() {
  [ -f "$1/release" ] && [ -x "$1/bin/jpackage" ] && [ -x "$1/bin/jlink" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# The newest JDK there is, unless PACKAGE_JDK names one.
find_jdk() {
  newest=0
  for candidate in "${PACKAGE_JDK:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    version=$(feature "$candidate")
    if [ "${version:-0}" -gt "$newest" ]; then
      newest=$version
      jdk=$candidate
    fi
    [ -z "${PACKAGE_JDK:-}" ] || break
  done
  [ "$newest" -ge 17 ] || fail "no JDK 17 or newer with jpackage is here. Install one (Temurin 25 is what releases" \
    "are built with) and name it: PACKAGE_JDK=/path/to/jdk jpackage/package.sh"
}

# The version in pom.xml; packages know numbers only.
version() {
  sed -n '/<artifactId>keyless-pull</,/<version>/s/.*<version>\([0-9.]*\).*/\1/p' pom.xml
}

# JavaFX as Maven has it keeps its natives inside jars, from where they would be unpacked into the user's home at the
# first start. As jmods they are part of the runtime.
make_runtime() {
  for jar in target/lib/javafx-*-*-*.jar; do
    module=$(basename "$jar" | cut -d- -f1,2 | tr - .)
    mkdir -p "$work/javafx/$module/classes" "$work/javafx/$module/lib" "$work/jmods"
    (cd "$work/javafx/$module/classes" && "$jdk/bin/jar" --extract --file "$OLDPWD/$jar")
    find "$work/javafx/$module/classes" -maxdepth 1 \( -name '*.so' -o -name '*.dylib' \) \
      -exec mv {} "$work/javafx/$module/lib/" \;
    rm -rf "$work/javafx/$module/classes/META-INF"
    "$jdk/bin/jmod" create --class-path "$work/javafx/$module/classes" --libs "$work/javafx/$module/lib" \
      "$work/jmods/$module.jmod"
  done
  modules=$work/jmods
  # A JDK without jmods links from itself (JEP 493).
  [ ! -d "$jdk/jmods" ] || modules=$modules:$jdk/jmods
  "$jdk/bin/jlink" @jpackage/runtime.args --module-path "$modules" --output "$work/runtime"
}

make_app_image() {
  mkdir -p "$work/app"
  cp -p target/keyless-pull.jar "$work/app/"
  cp -p target/lib/*.jar "$work/app/"
  rm "$work"/app/javafx-*.jar
  set -- @jpackage/common.args "@jpackage/$system.args"
  [ "$(feature "$jdk")" -lt 24 ] || set -- "$@" @jpackage/jdk24.args
  [ "$system" != macos ] || [ -z "${MACOS_SIGNING_NAME:-}" ] ||
    set -- "$@" --mac-sign --mac-signing-key-user-name "$MACOS_SIGNING_NAME"
  "$jdk/bin/jpackage" "$@" --type app-image --app-version "$version" --runtime-image "$work/runtime" \
    --input "$work/app" --dest "$work/image"
}

linux_installers() {
  # What lies outside of /opt is plain files of the package too: no script runs as root when it is installed.
  share=$work/share/usr/share
  mkdir -p "$share/applications" "$share/icons/hicolor/256x256/apps" "$share/icons/hicolor/scalable/apps" \
    "$share/doc/keyless-pull" "$work/share/usr/bin"
  ln -s /opt/keyless-pull/bin/keyless-pull "$work/share/usr/bin/keyless-pull"
  cp LICENSE "$share/doc/keyless-pull/copyright"
  cp jpackage/linux/keyless-pull.desktop "$share/applications/"
  cp jpackage/icons/keyless-pull.png "$share/icons/hicolor/256x256/apps/"
  cp jpackage/icons/keyless-pull.svg "$share/icons/hicolor/scalable/apps/"
  chmod -R u=rwX,go=rX "$work/share" "$work/image"
  for type in "$@"; do
    case $type in
      app-image)
        tar -C "$work/image" --owner=0 --group=0 --numeric-owner -czf \
          "$installers/keyless-pull-$version-linux-$(uname -m).tar.gz" keyless-pull ;;
      deb)
        # Not compressed, for it is opened again at once.
        DPKG_DEB_COMPRESSOR_TYPE=none "$jdk/bin/jpackage" @jpackage/linux-installer.args --type deb \
          --app-version "$version" \
          --app-image "$work/image/keyless-pull" --dest "$work/deb"
        # jpackage has no way to add files outside of the program's own folder.
        dpkg-deb --raw-extract "$work"/deb/*.deb "$work/deb/tree"
        cp -a "$work/share/." "$work/deb/tree/"
        rm -r "$work/deb/tree/opt/keyless-pull/share"
        rm -f "$work/deb/tree/DEBIAN/"*inst "$work/deb/tree/DEBIAN/"*rm
        dpkg-deb --root-owner-group -Zxz --build "$work/deb/tree" "$installers" ;;
      rpm)
        OUTSIDE_OPT="$PWD/$work/share" "$jdk/bin/jpackage" @jpackage/linux-installer.args --type rpm \
          --app-version "$version" --app-image "$work/image/keyless-pull" --dest "$installers" ;;
      *) fail "Linux has app-image, deb and rpm; not $type" ;;
    esac
  done
}

# Signed where MACOS_SIGNING_NAME names a certificate of the keychain ("Developer ID Application: …" without its prefix),
# notarised where the keychain profile MACOS_NOTARY_PROFILE is there too; unsigned otherwise.
macos_installers() {
  image="$work/image/Keyless Pull.app"
  for type in "$@"; do
    case $type in
      app-image)
        ditto -c -k --keepParent "$image" "$installers/keyless-pull-$version-macos-$(uname -m).zip" ;;
      dmg | pkg)
        "$jdk/bin/jpackage" @jpackage/macos-installer.args --type "$type" --app-version "$version" \
          --app-image "$image" --dest "$work/$type" \
          ${MACOS_SIGNING_NAME:+--mac-sign --mac-signing-key-user-name "$MACOS_SIGNING_NAME"}
        installer="$installers/keyless-pull-$version-macos-$(uname -m).$type"
        mv "$work/$type/"*".$type" "$installer"
        if [ -n "${MACOS_SIGNING_NAME:-}" ] && [ -n "${MACOS_NOTARY_PROFILE:-}" ]; then
          xcrun notarytool submit "$installer" --keychain-profile "$MACOS_NOTARY_PROFILE" --wait
          xcrun stapler staple "$installer"
        fi ;;
      *) fail "macOS has app-image, dmg and pkg; not $type" ;;
    esac
  done
}

case $(uname -s) in
  Linux) system=linux all='app-image deb rpm' ;;
  Darwin) system=macos all='app-image dmg pkg' ;;
  *) fail "this is for Linux and macOS; on Windows it is package.ps1" ;;
esac
find_jdk
version=$(version)
if [ "${1:-}" = --built ]; then
  shift
  [ -f target/keyless-pull.jar ] && [ -d target/lib ] || fail "nothing is built yet; leave --built out"
else
  mvn -B -q -ntp -DskipTests package
fi
rm -rf "$work" "$installers"
mkdir -p "$work" "$installers"
echo "package.sh: version $version, with the JDK in $jdk"
make_runtime
make_app_image
# shellcheck disable=SC2086 # the types are words
"${system}_installers" ${*:-$all}
ls -l "$installers"
