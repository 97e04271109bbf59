package io.keylesspull.azure.price;

import io.keylesspull.azure.model.NewMachine;

/**
 * What is charged for, with the words that the price list has for it. The list compares with case. Sources:
 * learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices; the meters' names as that list
 * answers.
 */
public sealed interface Meter {

    /** Azure's name of the region, such as {@code japaneast}. */
    String region();

    /** A Linux virtual machine that runs. @param size such as {@code Standard_B2s_v2} */
    record Machine(String region, String size) implements Meter {}

    /** A container registry. @param sku Basic, Standard or Premium */
    record Registry(String region, String sku) implements Meter {}

    /**
     * A disk that a machine boots from, {@link NewMachine#DISK}, which the list calls by its tier, E4; without what is
     * charged for reading and writing. Source: learn.microsoft.com/azure/virtual-machines/disks-types ("Billing").
     */
    record Disk(String region) implements Meter {}

    /** A public IPv4 address of the sku Standard. */
    record PublicAddress(String region) implements Meter {}

    /** A NAT gateway, without the data that goes through it. */
    record NatGateway(String region) implements Meter {}

    /** The query for the price list, in its {@code $filter} language. */
    default String filter() {
        String where = "priceType eq 'Consumption' and armRegionName eq '";
        if (this instanceof Machine machine) {
            return where + region() + "' and serviceName eq 'Virtual Machines' and armSkuName eq '" + machine.size()
                    + "'";
        }
        if (this instanceof Registry registry) {
            return where + region() + "' and serviceName eq 'Container Registry' and meterName eq '" + registry.sku()
                    + " Registry Unit'";
        }
        if (this instanceof Disk) {
            return where + region() + "' and serviceName eq 'Storage' and productName eq 'Standard SSD Managed Disks'"
                    + " and meterName eq 'E4 LRS Disk'";
        }
        if (this instanceof PublicAddress) {
            return where + region() + "' and serviceName eq 'Virtual Network' and productName eq 'IP Addresses'"
                    + " and meterName eq 'Standard IPv4 Static Public IP'";
        }
        // The same everywhere.
        return where + "Global' and serviceName eq 'NAT Gateway' and meterName eq 'Standard Gateway'";
    }
}
