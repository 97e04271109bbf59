#!/bin/sh
# Process 1 of the bare system: has mounts and processes of its own. When its standard input ends, because the test did,
# it ends too, and the kernel takes away what was mounted and started here.
# $1: the directory where the system goes
set -eu
mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs "$1"
echo ready
cat > /dev/null
