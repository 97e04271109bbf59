package io.keylesspull.setup.session;

/**
 * A scale set on which pulls were proven.
 *
 * @param name with its resource group where something else of the run has the same name
 * @param image what was pulled, such as {@code contoso.azurecr.io/aci-helloworld:v1}
 * @param digest the same on each instance that was asked and in the registry
 * @param asked how many instances were asked; where that is not all, they were chosen by lot
 * @param instances how many it has
 */
public record ProvenScaleSet(String name, String image, String digest, long asked, long instances) {

    public boolean isSample() {
        return asked < instances;
    }
}
