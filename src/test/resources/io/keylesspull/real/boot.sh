#!/bin/sh
# Starts a machine inside the sandbox, or starts it again: its disk is kept.
# $1: its name; $2: its address; $3: the layers below its disk, by overlay's rules; $4: init.sh; $5: the front's address;
# $6: the name of the sandbox's control groups
set -eu
name=$1
address=$2
layers=$3
init=$4
front=$5
sandbox=$6
disk=/run/machines/$name

mkdir -p "$disk/upper" "$disk/work" "$disk/root"
ip netns delete "$name" 2>/dev/null || true
ip link delete "v$name" 2>/dev/null || true
ip netns add "$name"
ip link add "v$name" type veth peer name eth0 netns "$name"
ip link set "v$name" up
ip route replace "$address/32" dev "v$name"
ip -n "$name" link set lo up
ip -n "$name" link set eth0 up
ip -n "$name" address add "$address/32" dev eth0
ip -n "$name" route add "$front" dev eth0
ip -n "$name" route add default via "$front"

# A group of its own in every hierarchy, which the machine takes for the root.
for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*; do
  [ -e "$hierarchy/cgroup.procs" ] || continue
  group=$hierarchy/$sandbox/$name
  mkdir -p "$group"
  for shared in "$hierarchy/$sandbox" "$group"; do
    for file in cpuset.cpus cpuset.mems; do
      [ ! -e "$shared/$file" ] || cat "$shared/../$file" > "$shared/$file"
    done
  done
  echo 0 > "$group/cgroup.procs"
done

exec nsenter --net="/run/netns/$name" \
  unshare --mount --uts --ipc --pid --cgroup --fork --kill-child /bin/sh "$init" "$disk" "$layers"
