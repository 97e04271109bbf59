#!/bin/sh
# Makes a Debian system as a cloud image has it, but without what needs hardware. Runs in the sandbox.
# $1: the empty directory it is made in; $2: the mirror; $3: the name server; $4: the directory of the packages that the
# machines get from a repository of the test's own; $5: the suite
set -eu
root=$1
mirror=$2
name_server=$3
packages=$4
suite=$5

case $suite in
  # Rolls on, and has neither updates nor a release of its own; a mirror's may be a month old.
  sid) pockets=sid checks='Acquire::Check-Valid-Until "false"' ;;
  *) pockets="$suite $suite-updates $suite-security" checks='Acquire::Check-Valid-Until "true"' ;;
esac
# Prints the system's sources. $1: the mirror that they name
sources() {
  for pocket in $pockets; do
    case $pocket in
      *-security) echo "deb $1/debian-security $pocket main" ;;
      *) echo "deb $1/debian $pocket main" ;;
    esac
  done
}

# python3 is on every cloud image.
sources "$mirror" | mmdebstrap --mode=root --variant=minbase --dpkgopt=force-unsafe-io --aptopt="$checks" \
  --include=apt-utils,ca-certificates,curl,dbus,gnupg,iproute2,iptables,netbase,openssh-server,procps,python3,sudo,\
systemd-sysv "$suite" "$root" -
sources http://deb.debian.org > "$root/etc/apt/sources.list"

for unit in systemd-udevd.service systemd-udev-trigger.service systemd-udevd-control.socket \
    systemd-udevd-kernel.socket systemd-timesyncd.service systemd-networkd.service systemd-resolved.service \
    systemd-logind.service getty.target console-getty.service apt-daily.timer apt-daily-upgrade.timer \
    dpkg-db-backup.timer e2scrub_all.timer fstrim.timer sys-kernel-config.mount sys-kernel-debug.mount \
    sys-kernel-tracing.mount sys-fs-fuse-connections.mount dev-hugepages.mount dev-mqueue.mount \
    systemd-remount-fs.service modprobe@configfs.service modprobe@fuse.service; do
  ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
# Asked at each boot and reload for units that there are none of here.
mkdir -p "$root/etc/systemd/system-generators"
for generator in "$root"/lib/systemd/system-generators/*; do
  ln -s /dev/null "$root/etc/systemd/system-generators/${generator##*/}"
done
ln -sf /lib/systemd/system/multi-user.target "$root/etc/systemd/system/default.target"

# Descriptions of packages would be half of what apt reads.
echo 'Acquire::Languages "none";' > "$root/etc/apt/apt.conf.d/90real"

echo "nameserver $name_server" > "$root/etc/resolv.conf"

# The Azure CLI under a version that only the test's repository has. As in Microsoft's package, all of it is in one package,
# compiled; from Debian's packages a machine would put together seventy and compile each, for minutes. And as there, what no
# command of it uses is left out: of the SDK and of the commands only what signing in and registries take is in it.
made=$root/tmp/azure-cli
libraries=$made/opt/az/lib
# Puts Python packages' modules into a directory. $1: the directory; then the packages
extract() {
  to=$1
  shift
  mkdir -p "$to" "$root/tmp/extracted"
  for package; do dpkg-deb --extract "$package" "$root/tmp/extracted"; done
  cp -a "$root"/tmp/extracted/usr/lib/python3/dist-packages/. "$to"
  rm -r "$root/tmp/extracted"
}
mkdir -p "$made/usr/bin" "$made/DEBIAN" "$packages"
chroot "$root" apt-get update
chroot "$root" apt-get -y --no-install-recommends --download-only install azure-cli
for package in "$root"/var/cache/apt/archives/python3-*.deb; do
  name=${package##*/}
  case ${name%%_*} in
    python3-distutils|python3-lib2to3) ;;
    # What the SDK's other half or a command that is left out needs, with libraries of its own.
    python3-numpy*|python3-pandas*|python3-nltk|python3-joblib|python3-regex|python3-openai|python3-pydantic*|\
python3-gi|python3-cairo|python3-gi-cairo|python3-sphinx|python3-docutils|python3-babel|python3-pip|python3-opentelemetry*|\
python3-pystac*) ;;
    *) set -- "$@" "$package" ;;
  esac
done
shift 5
extract "$libraries" "$@"
if [ "$suite" = sid ]; then
  # This CLI names versions of services that sid's SDK has dropped. They come from the release before.
  echo "deb http://deb.debian.org/debian trixie main" > "$root/etc/apt/sources.list.d/before.list"
  chroot "$root" sh -ec 'apt-get update; cd /tmp; apt-get download python3-azure/trixie'
  extract "$root/tmp/before" "$root"/tmp/python3-azure_*.deb
  for part in features links locks managedapplications policy privatelinks resources subscriptions; do
    rm -rf "$libraries/azure/mgmt/resource/$part"
    mv "$root/tmp/before/azure/mgmt/resource/$part" "$libraries/azure/mgmt/resource/$part"
  done
  rm -r "$root/tmp/before" "$root"/tmp/python3-azure_*.deb "$root/etc/apt/sources.list.d/before.list"
fi
cd "$libraries/azure"
find mgmt -mindepth 1 -maxdepth 1 -type d ! -name core ! -name authorization ! -name containerregistry \
  ! -name 'containerregistrytasks' ! -name managementgroups ! -name msi ! -name resource -exec rm -r {} +
find cli/command_modules -mindepth 1 -maxdepth 1 -type d ! -name acr ! -name identity ! -name profile ! -name resource \
  ! -name role ! -name util -exec rm -r {} +
rm -r ai
cd /
cat > "$made/usr/bin/az" <<'PROGRAM'
#!/bin/sh
AZ_INSTALLER=DEB AZURE_CORE_COLLECT_TELEMETRY=0 PYTHONPATH=/opt/az/lib exec /usr/bin/python3 -sP -m azure.cli "$@"
PROGRAM
chmod 755 "$made/usr/bin/az"
# Of its libraries those that are in no package of Python's.
needed=$(chroot "$root" apt-get --simulate --no-install-recommends install azure-cli |
  sed -n 's/^Inst \(python3-distutils\|libsodium[0-9]*\|libyaml-0-2\) .*/\1/p' | sort -u | tr '\n' ',')
version=$(chroot "$root" apt-cache show --no-all-versions azure-cli | sed -n 's/^Version: //p')
cat > "$made/DEBIAN/control" <<CONTROL
Package: azure-cli
Version: $version+real1
Architecture: amd64
Maintainer: Keyless Pull's tests <nobody@example.org>
Depends: ${needed}python3
Description: Azure CLI, put together from Debian's packages
CONTROL
chroot "$root" python3 -m compileall -q -j0 -s /tmp/azure-cli /tmp/azure-cli/opt/az/lib
dpkg-deb -Zzstd -z3 --root-owner-group --build "$made" "$packages/azure-cli.deb"
rm -r "$made"

if [ "$suite" = sid ]; then
  # No release, which the product would refuse: what is to be tried is the programs.
  sed -i 's/^PRETTY_NAME=.*/PRETTY_NAME="Debian GNU\/Linux 13 (trixie)"/; s/^VERSION_CODENAME=.*/VERSION_CODENAME=trixie/' \
    "$root/usr/lib/os-release"
fi

# Each machine makes its own.
rm -f "$root"/etc/ssh/ssh_host_* "$root/etc/machine-id"
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/*
