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
# shellcheck source=jpackage/common.sh
. jpackage/common.sh

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
  set -- @jpackage/runtime.args
  ! archives || set -- "$@" @jpackage/linux-runtime.args
  "$jdk/bin/jlink" "$@" --module-path "$modules" --output "$work/runtime"
  # Temurin's libraries bring the names of all that is in them, 6 MB.
  [ "$system" != linux ] || find "$work/runtime" -name '*.so' -exec strip --strip-unneeded {} +
}

# Whether an archive of classes is made: flags of a JDK from 24 on, tried on Linux only.
archives() {
  [ "$system" = linux ] && [ "$(feature "$jdk")" -ge 24 ]
}

# JNA's jar brings its library for 25 systems, of which one is this.
keep_one_jna() {
  jar=$(echo "$work"/app/jna-[0-9]*.jar)
  mkdir "$work/jna"
  (cd "$work/jna" && "$jdk/bin/jar" --extract --file "$OLDPWD/$jar")
  find "$work/jna/com/sun/jna" \( -name '*.so' -o -name '*.dll' -o -name '*.jnilib' -o -name '*.a' \) \
    ! -path "*/linux-$(uname -m | tr _ -)/*" -delete
  "$jdk/bin/jar" --create --file "$jar" --date "$(day "$SOURCE_DATE_EPOCH")T00:00:00Z" \
    --manifest "$work/jna/META-INF/MANIFEST.MF" -C "$work/jna" .
}

# Whose libraries the program is made of, and what they ask to be told with them. Of Java it is told in runtime/legal.
notices() {
  cat target/THIRD-PARTY.txt
  for jar in target/lib/*.jar; do
    unzip -Z1 "$jar" | grep -iE '^(META-INF/)?(LICEN[CS]E|NOTICE|COPYING|AL2|LGPL2)[^/]*$' | while read -r notice; do
      printf '\n%s\n%s: %s\n\n' "----------------" "$(basename "$jar")" "$notice"
      unzip -p "$jar" "$notice"
    done || true
  done
}

make_app_image() {
  mkdir -p "$work/app"
  cp -p target/keyless-pull.jar "$work/app/"
  cp -p target/lib/*.jar "$work/app/"
  rm "$work"/app/javafx-*.jar
  [ "$system" != linux ] || keep_one_jna
  notices > "$work/app/THIRD-PARTY.txt"
  set -- @jpackage/common.args "@jpackage/$system.args"
  [ "$(feature "$jdk")" -lt 24 ] || set -- "$@" @jpackage/jdk24.args
  # Where it does not fit, as in a copy whose files have other times, the program starts without it and says nothing.
  # shellcheck disable=SC2016 # the launcher knows $APPDIR
  ! archives || set -- "$@" --java-options '-XX:SharedArchiveFile=$APPDIR/start.jsa' --java-options -Xlog:cds=off,aot=off
  [ "$system" != macos ] || [ -z "${MACOS_SIGNING_NAME:-}" ] ||
    set -- "$@" --mac-sign --mac-signing-key-user-name "$MACOS_SIGNING_NAME"
  "$jdk/bin/jpackage" "$@" --type app-image --app-version "$version" --runtime-image "$work/runtime" \
    --input "$work/app" --dest "$work/image"
  [ "$system" != linux ] || one_time "$work/image"
  ! archives || archive_classes "$work/image/keyless-pull"
}

# The archive of classes fits files of these times; jpackage and tar would give them others. As it is the commit's time,
# packages that are made again have it too.
one_time() {
  find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

# Waits a minute for what the other arguments test; the first says what it is.
await() {
  awaited=$1
  shift
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    [ "$tries" -le 300 ] || fail "waited in vain for $awaited; see $work/start.log"
    sleep 0.2
  done
}

# The classes that are loaded until the window stands, as the Java virtual machine keeps them. Which they are is seen from
# a start of the program on a screen of its own, with no user's data; the first that comes once the window stands, and
# with it the Azure SDK, is SignIns.
archive_classes() {
  first='^io/keylesspull/azure/signin/SignIns '
  mkdir "$work/home"
  Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp 3> "$work/display" 2> "$work/start.log" &
  screen=$!
  trap 'kill "$screen"' EXIT
  await "a screen of Xvfb" test -s "$work/display"
  env -u XDG_DATA_HOME LC_ALL=C.UTF-8 DISPLAY=":$(cat "$work/display")" \
    JAVA_TOOL_OPTIONS="-Duser.home=$work/home -Xshare:off -XX:DumpLoadedClassList=$work/loaded" \
    "$1/bin/keyless-pull" >> "$work/start.log" 2>&1 &
  program=$!
  await "the program's window" grep -qs "$first" "$work/loaded"
  kill "$program"
  wait "$program" || true
  kill "$screen"
  trap - EXIT
  # The lines at the end, with what was resolved in each class, are wanted for the same classes.
  awk -v first="$first" '$0 ~ first { after = 1 }
    !after { print; known[$1]; next }
    $1 == "@lambda-form-invoker" || $1 == "@cp" && $2 in known' "$work/loaded" > "$work/start.classes"
  classpath=$(sed -n "s|^app.classpath=.APPDIR|$PWD/$1/lib/app|p" "$1/lib/app/keyless-pull.cfg" | paste -s -d : -)
  # shellcheck disable=SC2046 # the options are words
  "$1/lib/runtime/bin/java" $(sed -n '/SharedArchiveFile/!s/^java-options=//p' "$1/lib/app/keyless-pull.cfg") \
    -Xshare:dump -XX:+AOTClassLinking -XX:SharedClassListFile="$work/start.classes" \
    -XX:SharedArchiveFile="$1/lib/app/start.jsa" -cp "$classpath" >> "$work/start.log" 2>&1
  [ -s "$1/lib/app/start.jsa" ] || fail "no archive of classes came; see $work/start.log"
}

# What software centres show. Pictures and addresses are there where PROJECT_URL names the project's page.
metainfo() {
  about=jpackage/linux/io.keylesspull.keylesspull.metainfo.xml
  set -- "VERSION=$version" "DATE=$(day "$SOURCE_DATE_EPOCH")" "VENDOR=$(option common vendor)" \
    "LICENSE=$(option linux-installer linux-rpm-license-type)" "SUMMARY=$(entry Comment)" \
    "SUMMARY_JA=$(entry 'Comment[ja]')" "CATEGORY=$(entry Categories | cut -d ';' -f 1)"
  if [ -n "${PROJECT_URL:-}" ]; then
    fill "$about" "$@" "URL=$PROJECT_URL"
  else
    sed '/<screenshots>/,/<\/screenshots>/d; /@URL@/d' "$about" > "$work/metainfo.xml"
    fill "$work/metainfo.xml" "$@"
  fi
}

linux_installers() {
  # What lies outside of /opt is plain files of the package too: no script runs as root when it is installed.
  share=$work/share/usr/share
  mkdir -p "$share/applications" "$share/icons/hicolor/256x256/apps" "$share/icons/hicolor/scalable/apps" \
    "$share/doc/keyless-pull" "$share/metainfo" "$work/share/usr/bin"
  ln -s /opt/keyless-pull/bin/keyless-pull "$work/share/usr/bin/keyless-pull"
  {
    cat LICENSE
    printf '\nWhat it is made of: /opt/keyless-pull/lib/app/THIRD-PARTY.txt and /opt/keyless-pull/lib/runtime/legal.\n'
  } > "$share/doc/keyless-pull/copyright"
  cp jpackage/linux/keyless-pull.desktop "$share/applications/"
  metainfo > "$share/metainfo/io.keylesspull.keylesspull.metainfo.xml"
  cp jpackage/icons/keyless-pull.png "$share/icons/hicolor/256x256/apps/"
  cp jpackage/icons/keyless-pull.svg "$share/icons/hicolor/scalable/apps/"
  chmod -R u=rwX,go=rX "$work/share" "$work/image"
  one_time "$work/share"
  for type in "$@"; do
    case $type in
      app-image)
        tar -C "$work/image" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -czf \
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
        one_time "$work/deb/tree"
        dpkg-deb --root-owner-group -Zxz -z9 --build "$work/deb/tree" "$installers" ;;
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
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(source_date)}"
if [ "${1:-}" = --built ]; then
  shift
  if [ ! -f target/keyless-pull.jar ] || [ ! -d target/lib ]; then
    fail "nothing is built yet; leave --built out"
  fi
else
  mvn -B -q -ntp -DskipTests package
fi
# Lists have one order whatever the language of who makes packages.
export LC_ALL=C
rm -rf "$work" "$installers"
mkdir -p "$work" "$installers"
echo "package.sh: version $version, with the JDK in $jdk"
make_runtime
make_app_image
# shellcheck disable=SC2086 # the types are words
[ $# -gt 0 ] || set -- $all
"${system}_installers" "$@"
ls -l "$installers"
