#!/bin/sh
# The first process of a machine: lays out its file system, gives way to systemd.
# $1: where its disk is; $2: the layers below. What is new to the machine is in $1/seed (see provision.sh).
set -eu
disk=$1
layers=$2
root=$disk/root

mount -t overlay -o "lowerdir=$layers,upperdir=$disk/upper,workdir=$disk/work" machine "$root"
cd "$root"
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t tmpfs -o mode=755 tmpfs sys/fs/cgroup
# From 256 on systemd takes the second version of control groups alone.
version=$(echo usr/lib/*/systemd/libsystemd-shared-*.so)
version=${version##*-}
if [ -e /sys/fs/cgroup/cgroup.controllers ] || [ "${version%%.*}" -ge 256 ]; then
  umount sys/fs/cgroup
  mount -t cgroup2 cgroup2 sys/fs/cgroup
else
  for hierarchy in $(cut -d: -f2 /proc/self/cgroup | grep . | tr ',' '+' ); do
    names=$(echo "$hierarchy" | tr '+' ',')
    directory=sys/fs/cgroup/${names#name=}
    mkdir "$directory"
    if ! mount -t cgroup -o "$names" cgroup "$directory" 2>/dev/null; then rmdir "$directory"; fi
  done
fi
mount -t tmpfs -o mode=755 tmpfs dev
for device in null:3 zero:5 full:7 random:8 urandom:9; do
  mknod -m 666 "dev/${device%:*}" c 1 "${device#*:}"
done
mknod -m 666 dev/tty c 5 0
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s /proc/self/fd/0 dev/stdin
ln -s /proc/self/fd/1 dev/stdout
ln -s /proc/self/fd/2 dev/stderr
mount -t tmpfs -o mode=1777 tmpfs dev/shm
mount -t tmpfs -o mode=755 tmpfs run
# Layers of images cannot lie on an overlay.
for program in docker containerd; do
  mkdir -p "$disk/$program" "var/lib/$program"
  mount --bind "$disk/$program" "var/lib/$program"
done
# Under apt a machine's disk does not have to outlive a power cut.
mkdir -p etc/dpkg/dpkg.cfg.d
echo force-unsafe-io > etc/dpkg/dpkg.cfg.d/real

if [ -d "$disk/seed" ]; then
  mount --bind "$disk/seed" mnt
  chroot . /bin/sh /mnt/provision.sh
  umount mnt
  rm -r "$disk/seed"
fi
hostname "$(cat etc/hostname)"

mkdir -p .before
pivot_root . .before
umount -l /.before
rmdir /.before
exec env -i container=other PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin /sbin/init
