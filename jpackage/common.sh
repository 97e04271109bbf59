# What package.sh and manifests.sh share; both run it in the project's folder.
# shellcheck shell=sh

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# The version in pom.xml; packages know numbers only.
version() {
  sed -n '/<artifactId>keyless-pull</,/<version>/s/.*<version>\([0-9.]*\).*/\1/p' pom.xml
}

# What an argument file gives an option: option common vendor
option() {
  sed -n "s/^--$2 \"\{0,1\}\([^\"]*\)\"\{0,1\}\$/\1/p" "jpackage/$1.args"
}

# What the desktop entry says: entry Comment
entry() {
  awk -v start="$1=" 'index($0, start) == 1 { print substr($0, length(start) + 1) }' jpackage/linux/keyless-pull.desktop
}

# When this was written, in seconds: all files of the packages have this time, so that they are the same whoever makes
# them (https://reproducible-builds.org/specs/source-date-epoch/).
source_date() {
  git log -1 --format=%ct 2> /dev/null || date +%s
}

# What a commit's time is called: day SECONDS
day() {
  date -u -d "@$1" +%F 2> /dev/null || date -u -r "$1" +%F
}

# Prints a template in which @NAME@ is VALUE: fill TEMPLATE NAME=VALUE…
fill() {
  template=$1
  shift
  filled=$(cat "$template")
  for pair in "$@"; do
    [ -n "${pair#*=}" ] || fail "$template wants ${pair%%=*}, which was not found"
    filled=$(printf '%s\n' "$filled" | sed "s|@${pair%%=*}@|$(printf '%s' "${pair#*=}" | sed 's/[&|\\]/\\&/g')|g")
  done
  ! printf '%s\n' "$filled" | grep '@[A-Z_0-9]*@' >&2 || fail "$template has more than was given"
  printf '%s\n' "$filled"
}
