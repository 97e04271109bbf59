package io.keylesspull.setup.session;

/**
 * A machine on which a pull was proven.
 *
 * @param name with its resource group where another machine of the run has the same name
 * @param ssh the command that opens a session on it
 * @param image what was pulled, such as {@code contoso.azurecr.io/aci-helloworld:v1}
 * @param digest the same on the machine and in the registry
 * @param pullCommand what to type there to pull it again
 */
public record ProvenMachine(String name, String ssh, String image, String digest, String pullCommand) {}
