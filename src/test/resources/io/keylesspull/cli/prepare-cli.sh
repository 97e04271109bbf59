#!/bin/bash
# Makes a Debian system with the current Azure CLI and OpenSSH's client. Runs in namespaces of its own.
# $1: the directory that it is made in; $2: the mirror; $3: lines for apt, such as a proxy
set -eu
root=$1
mirror=$2
packages=/usr/lib/python3/dist-packages

options=(--mode=root --format=directory --variant=apt --dpkgopt=force-unsafe-io --aptopt='Acquire::Languages "none"')
# A mirror's sid may be a month old.
options+=(--aptopt='Acquire::Check-Valid-Until "false"' ${3:+--aptopt="$3"})
# The SDK's clients for other services, and all asynchronous ones, would be half of the system.
for path in /usr/share/man /usr/share/doc /usr/share/locale "$packages/azure/ai" "$packages/azure/mgmt"; do
  options+=(--dpkgopt="path-exclude=$path/*")
done
for service in authorization compute containerregistry containerregistrytasks core imagebuilder keyvault \
    managementgroups monitor msi network resource storage; do
  options+=(--dpkgopt="path-include=$packages/azure/mgmt/$service/*")
done
options+=(--dpkgopt="path-include=$packages/azure/mgmt/__init__.py")
options+=(--dpkgopt="path-exclude=$packages/azure/mgmt/*/aio/*")

# This CLI names versions of some services that sid's SDK has dropped, and without which it has no groups and makes no
# machines. They come from the release before. All is compiled, since nothing can be written there later.
# shellcheck disable=SC2016 # The hook is another shell's.
complete='set -eu
cd "$1"
chroot . sh -ec "cd /tmp; apt-get -q download python3-azure/trixie"
mkdir tmp/old
dpkg-deb --fsys-tarfile tmp/python3-azure_*.deb | tar --extract --directory tmp/old
resource=usr/lib/python3/dist-packages/azure/mgmt/resource
for part in features links locks managedapplications policy privatelinks resources subscriptions; do
  rm -rf "$resource/$part"
  mv "tmp/old/$resource/$part" "$resource/$part"
done
rm -r tmp/*
chroot . python3 -m compileall -q -j 0 "/$resource"'

mmdebstrap "${options[@]}" --customize-hook="$complete" \
  --include=azure-cli,ca-certificates,netcat-openbsd,openssh-client \
  sid "$root" "deb $mirror sid main" "deb $mirror trixie main"
# What is left where a hook has used apt.
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/*
# Two threads of the CLI, one by msal and one by msrest, may otherwise be the first to import it at the same time: about
# one long-running command in some hundreds ended in "deadlock detected by _ModuleLock('requests.structures')".
echo 'import requests' > "$root$packages/requests-first.pth"
