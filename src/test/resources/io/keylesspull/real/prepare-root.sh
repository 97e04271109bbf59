#!/bin/sh
# Makes a Debian 12 system as a cloud image has it, but without what needs hardware. Runs in the sandbox.
# $1: the empty directory it is made in; $2: the mirror; $3: the name server; $4: where to leave the package azure-cli
set -eu
root=$1
mirror=$2
name_server=$3
azure_cli=$4

debootstrap --variant=minbase --include=apt-utils,ca-certificates,curl,dbus,gnupg,iproute2,iptables,netbase,\
openssh-server,procps,python3-minimal,sudo,systemd-sysv bookworm "$root" "$mirror"

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
ln -sf /lib/systemd/system/multi-user.target "$root/etc/systemd/system/default.target"

echo "nameserver $name_server" > "$root/etc/resolv.conf"
chroot "$root" apt-get update
chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get -y dist-upgrade
# The machines get it from a repository of the test's own.
chroot "$root" sh -c 'cd /tmp && apt-get download azure-cli'
mv "$root"/tmp/azure-cli_*.deb "$azure_cli"

# Each machine makes its own.
rm -f "$root"/etc/ssh/ssh_host_* "$root/etc/machine-id"
rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
