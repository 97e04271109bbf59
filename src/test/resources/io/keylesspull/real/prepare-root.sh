#!/bin/sh
# Makes a Debian 12 system as a cloud image has it, but without what needs hardware. Runs in the sandbox.
# $1: the empty directory it is made in; $2: the mirror; $3: the name server; $4: the directory of the packages that the
# machines get from a repository of the test's own
set -eu
root=$1
mirror=$2
name_server=$3
packages=$4

# python3 is on every cloud image.
mmdebstrap --mode=root --variant=minbase --dpkgopt=force-unsafe-io --include=apt-utils,ca-certificates,curl,dbus,gnupg,\
iproute2,iptables,netbase,openssh-server,procps,python3,sudo,systemd-sysv bookworm "$root" \
  "deb $mirror/debian bookworm main" "deb $mirror/debian bookworm-updates main" \
  "deb $mirror/debian-security bookworm-security main"

cat > "$root/etc/apt/sources.list" <<'LIST'
deb http://deb.debian.org/debian bookworm main
deb http://deb.debian.org/debian bookworm-updates main
deb http://deb.debian.org/debian-security bookworm-security main
LIST

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
chroot "$root" apt-get update
chroot "$root" apt-get -y --no-install-recommends --download-only install azure-cli
made=$root/tmp/azure-cli
libraries=$made/opt/az/lib
mkdir -p "$libraries" "$made/usr/bin" "$made/DEBIAN" "$packages"
for package in "$root"/var/cache/apt/archives/python3-*.deb; do
  case ${package##*/} in python3-distutils_*|python3-lib2to3_*) continue ;; esac
  dpkg-deb --extract "$package" "$root/tmp/extracted"
done
cp -a "$root"/tmp/extracted/usr/lib/python3/dist-packages/. "$libraries"
cd "$libraries/azure"
find mgmt -mindepth 1 -maxdepth 1 -type d ! -name core ! -name authorization ! -name containerregistry \
  ! -name managementgroups ! -name msi ! -name resource -exec rm -r {} +
find cli/command_modules -mindepth 1 -maxdepth 1 -type d ! -name acr ! -name identity ! -name profile ! -name resource \
  ! -name role ! -name util -exec rm -r {} +
rm -r ai
cd /
cat > "$made/usr/bin/az" <<'PROGRAM'
#!/bin/sh
AZ_INSTALLER=DEB AZURE_CORE_COLLECT_TELEMETRY=0 PYTHONPATH=/opt/az/lib exec /usr/bin/python3 -sP -m azure.cli "$@"
PROGRAM
chmod 755 "$made/usr/bin/az"
version=$(chroot "$root" apt-cache show --no-all-versions azure-cli | sed -n 's/^Version: //p')
cat > "$made/DEBIAN/control" <<CONTROL
Package: azure-cli
Version: $version+real1
Architecture: amd64
Maintainer: Keyless Pull's tests <nobody@example.org>
Depends: python3, python3-distutils, libsodium23, libyaml-0-2
Description: Azure CLI, put together from Debian's packages
CONTROL
chroot "$root" python3 -m compileall -q -j0 -s /tmp/azure-cli /tmp/azure-cli/opt/az/lib
dpkg-deb -Zzstd -z3 --root-owner-group --build "$made" "$packages/azure-cli.deb"
rm -r "$made" "$root/tmp/extracted"

# Each machine makes its own.
rm -f "$root"/etc/ssh/ssh_host_* "$root/etc/machine-id"
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/*
