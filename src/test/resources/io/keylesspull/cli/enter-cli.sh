#!/bin/bash
# Runs a program in the system, of which nothing can be changed but root's home and /tmp. Runs in namespaces of its own.
# $1: the system; $2: the home; then the program
set -eu
root=$1
home=$2
shift 2
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t tmpfs tmpfs "$root/tmp"
mount --bind "$home" "$root/root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
exec chroot "$root" "$@"
