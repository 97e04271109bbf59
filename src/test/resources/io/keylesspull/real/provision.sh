#!/bin/sh
# What Azure's agent does at a machine's first start. Runs on the machine, before its systemd; /mnt holds what it is given.
set -eu
name=$(cat /mnt/name)
user=$(cat /mnt/user)

echo "$name" > /etc/hostname
printf '127.0.0.1 localhost\n127.0.1.1 %s\n' "$name" > /etc/hosts
rm -f /etc/resolv.conf
echo "nameserver $(cat /mnt/front)" > /etc/resolv.conf
rm -f /etc/ssh/ssh_host_*
# The kinds that ssh-keygen -A makes, but that a longer RSA key takes a second.
for kind in 'rsa -b 2048' ecdsa ed25519; do
  ssh-keygen -q -t $kind -N '' -f "/etc/ssh/ssh_host_${kind%% *}_key"
done

if ! id "$user" >/dev/null 2>&1; then
  useradd --create-home --shell /bin/bash "$user"
  echo "$user ALL=(ALL) NOPASSWD:ALL" > /etc/sudoers.d/90-admin
fi
install -d -m 700 -o "$user" -g "$user" "/home/$user/.ssh"
install -m 600 -o "$user" -g "$user" /mnt/authorized_keys "/home/$user/.ssh/authorized_keys"

# Azure's extension for managed Run Command.
install -D -m 700 /mnt/agent.py /var/lib/waagent/run-command-handler/agent.py
chmod 700 /var/lib/waagent

# As update-ca-certificates would do it, which takes seconds.
cp /mnt/ca.crt /usr/local/share/ca-certificates/real.crt
cat /mnt/ca.crt >> /etc/ssl/certs/ca-certificates.crt
