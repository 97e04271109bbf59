#!/bin/sh
# Starts a machine inside the sandbox, or starts it again: its disk is kept.
# $1: its name; $2: its address; $3: the layers below its disk, by overlay's rules; $4: init.sh; $5: the front's address;
# $6: the name of the sandbox's control groups; $7: its address in its virtual network; $8: the bridge that is this network;
# $9: public, or private: then nothing outside of its network can open a connection to it
set -eu
name=$1
address=$2
layers=$3
init=$4
front=$5
sandbox=$6
inside=$7
network=$8
access=$9
disk=/run/machines/$name
answers=100

mkdir -p "$disk/upper" "$disk/work" "$disk/root"
ip netns delete "$name" 2>/dev/null || true
for link in "v$name" "w$name"; do ip link delete "$link" 2>/dev/null || true; done
ip netns add "$name"
ip link add "v$name" type veth peer name eth0 netns "$name"
ip link set "v$name" up
if [ "$access" = public ]; then
  ip route replace "$address/32" dev "v$name"
else
  # Only answers of the front find it (see sandbox.sh), as behind a NAT gateway.
  ip route replace unreachable "$address/32"
  ip route replace "$address/32" dev "v$name" table "$answers"
fi
# The bridge has no address here, so that the network has no way in.
if ! ip link show "$network" >/dev/null 2>&1; then
  ip link add "$network" type bridge
  ip link set "$network" up
fi
ip link add "w$name" type veth peer name eth1 netns "$name"
ip link set "w$name" master "$network" up
ip -n "$name" link set lo up
ip -n "$name" link set eth0 up
ip -n "$name" address add "$address/32" dev eth0
ip -n "$name" route add "$front" dev eth0
ip -n "$name" route add default via "$front"
ip -n "$name" link set eth1 up
ip -n "$name" address add "$inside/24" dev eth1

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
