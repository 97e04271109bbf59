#!/bin/sh
# Makes a Debian 12 system as a cloud image has it, but without what needs hardware. Runs in the sandbox.
# $1: the empty directory it is made in; $2: the mirror; $3: the name server; $4: the directory of the packages that the
# machines get from a repository of the test's own
set -eu
root=$1
mirror=$2
name_server=$3
packages=$4

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
# The Azure CLI, under versions that only that repository has. As Microsoft's own package does, it brings its SDK compiled;
# with Debian's every machine would do that anew, for a minute.
mkdir -p "$packages"
for package in azure-cli python3-azure; do
  chroot "$root" sh -euc '
    cd /tmp
    apt-get download "$0"
    dpkg-deb --raw-extract "$0"_*.deb "$0"
    sed -i "s/^Version: .*/&+real1/" "$0/DEBIAN/control"
    if [ "$0" = python3-azure ]; then
      python3 -m compileall -q -s "$0" "$0/usr/lib/python3/dist-packages"
      # It does nothing else.
      rm "$0/DEBIAN/postinst"
    fi
    dpkg-deb -Zzstd -z3 --root-owner-group --build "$0" made.deb
  ' "$package"
  mv "$root/tmp/made.deb" "$packages/$package.deb"
  rm -r "$root/tmp/$package" "$root"/tmp/"$package"_*.deb
done

# Each machine makes its own.
rm -f "$root"/etc/ssh/ssh_host_* "$root/etc/machine-id"
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/*
