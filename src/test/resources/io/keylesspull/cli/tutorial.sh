#!/bin/bash
# The tutorial's first example by hand, from the sign-in to two equal digests: a machine with a user-assigned identity.
# In the environment: AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, AZURE_TENANT_ID, and in SSH_FROM who may use SSH.
# shellcheck disable=SC2016 # Much is for the machine's shell.
set -eu

az login --service-principal --username "$AZURE_CLIENT_ID" --password "$AZURE_CLIENT_SECRET" \
  --tenant "$AZURE_TENANT_ID" --output none
az group create --name myResourceGroup --location japaneast --output none
az acr create --resource-group myResourceGroup --name mycontainerregistry --location japaneast --sku Basic --output none
az acr import --resource-group myResourceGroup --name mycontainerregistry \
  --source mcr.microsoft.com/azuredocs/aci-helloworld:latest --image aci-helloworld:v1
registryId=$(az acr show --resource-group myResourceGroup --name mycontainerregistry --query id --output tsv)
loginServer=$(az acr show --resource-group myResourceGroup --name mycontainerregistry --query loginServer --output tsv)
az identity create --resource-group myResourceGroup --name myACRId --location japaneast --output none
identityId=$(az identity show --resource-group myResourceGroup --name myACRId --query id --output tsv)
principalId=$(az identity show --resource-group myResourceGroup --name myACRId --query principalId --output tsv)
az role assignment create --assignee-object-id "$principalId" --assignee-principal-type ServicePrincipal \
  --role AcrPull --scope "$registryId" --output none
az vm create --resource-group myResourceGroup --name myDockerVM --location japaneast \
  --image Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2:latest --size Standard_B2s \
  --admin-username azureuser --generate-ssh-keys --assign-identity "$identityId" --nsg-rule SSH --output none
az network nsg rule update --resource-group myResourceGroup --nsg-name myDockerVMNSG --name default-allow-ssh \
  --source-address-prefixes "$SSH_FROM" --output none
address=$(az vm show --show-details --resource-group myResourceGroup --name myDockerVM --query publicIps --output tsv)
az vm run-command invoke --resource-group myResourceGroup --name myDockerVM --command-id RunShellScript \
  --scripts 'for key in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -l -f "$key"; done' \
  --query 'value[0].message' --output tsv > fingerprints.txt

apt='sudo DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a apt-get -o DPkg::Lock::Timeout=600'
on() { ssh -n azureuser@"$address" "$@"; }
on 'cloud-init status --wait'
# What ssh has accepted is what Azure says.
ssh-keygen -F "$address" -l -f .ssh/known_hosts | grep --only-matching 'SHA256:[^ ]*' > accepted.txt
grep --quiet --fixed-strings --file=accepted.txt fingerprints.txt

on "$apt update"
on "$apt install --yes docker.io"
on 'sudo usermod --append --groups docker azureuser'
on 'docker run --rm mcr.microsoft.com/hello-world'
on "$apt install --yes apt-transport-https ca-certificates curl gnupg lsb-release"
on 'sudo mkdir -p /etc/apt/keyrings'
on 'curl -sLS https://packages.microsoft.com/keys/microsoft.asc | gpg --dearmor |
  sudo tee /etc/apt/keyrings/microsoft.gpg > /dev/null'
on 'sudo chmod go+r /etc/apt/keyrings/microsoft.gpg'
source='Types: deb\nURIs: https://packages.microsoft.com/repos/azure-cli/\nSuites: %s\nComponents: main\n'
source+='Architectures: %s\nSigned-by: /etc/apt/keyrings/microsoft.gpg\n'
on 'printf "'"$source"'" "$(lsb_release -cs)" "$(dpkg --print-architecture)" |
  sudo tee /etc/apt/sources.list.d/azure-cli.sources > /dev/null'
on "$apt update"
on "$apt install --yes azure-cli"
on az login --identity --resource-id "'$identityId'" --allow-no-subscriptions
on 'az acr login --name mycontainerregistry'
on docker pull "$loginServer"/aci-helloworld:v1

pulled=$(on 'docker image inspect --format "{{index .RepoDigests 0}}"' "$loginServer"/aci-helloworld:v1)
stored=$(az acr repository show --name mycontainerregistry --image aci-helloworld:v1 --query digest --output tsv)
echo "pulled ${pulled#*@}"
echo "stored $stored"
