#!/bin/sh
# Makes a fresh system one that programs run in.
# $1: its root; $2: where Debian's packages are kept; $3: the mirror; $4: lines for apt, such as a proxy
set -eu
root=$1
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mkdir -p "$root/var/cache/apt/archives"
mount --bind "$2" "$root/var/cache/apt/archives"
rm -f "$root/etc/resolv.conf"
cat /etc/resolv.conf > "$root/etc/resolv.conf"
echo "deb $3 bookworm main" > "$root/etc/apt/sources.list"
printf '%s\n' "$4" > "$root/etc/apt/apt.conf.d/90host"
# Packages stay in the cache, and in memory a power cut is no danger.
echo 'APT::Keep-Downloaded-Packages "true";' >> "$root/etc/apt/apt.conf.d/90host"
echo force-unsafe-io > "$root/etc/dpkg/dpkg.cfg.d/bare"
chroot "$root" useradd --create-home --shell /bin/bash admin
chroot "$root" apt-get -q update
