#!/bin/sh
# Process 1 of the sandbox: its own network, mounts, processes and temporary memory disk. Becomes the gateway, and with
# the gateway's end the kernel takes away everything that was ever started or mounted here.
set -eu
front=$1
shift

mount --make-rprivate /
# The host's /run is left as it is; what is below this one is seen in here only.
mount -t tmpfs -o mode=755 tmpfs /run
mkdir /run/netns /run/layers /run/machines

ip link set lo up
ip address add "$front/32" dev lo
ip address add 169.254.169.254/32 dev lo
# The routes to private machines, for what the front sends: who opens a connection to one has none.
for from in "$front" 169.254.169.254; do ip rule add from "$from" lookup 100; done

exec "$@"
