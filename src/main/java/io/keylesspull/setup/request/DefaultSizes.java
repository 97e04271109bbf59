package io.keylesspull.setup.request;

import io.keylesspull.azure.model.SizeInfo;
import java.util.List;

/**
 * The sizes that a new machine gets if none is named: small ones with enough memory for Docker and the Azure CLI, for
 * x64, of the series that Azure sells now before those that it retires. Which of them a location offers differs.
 */
public final class DefaultSizes {

    /** The one to take first stands first. */
    public static final List<String> NAMES =
            List.of("Standard_B2s_v2", "Standard_B2als_v2", "Standard_D2as_v5", "Standard_D2s_v5", "Standard_B2s");

    private DefaultSizes() {}

    /**
     * @param sizes of a location
     * @return those of {@link #NAMES} that the subscription can use there, in their order
     */
    public static List<SizeInfo> offered(List<SizeInfo> sizes) {
        return NAMES.stream()
                .flatMap(name -> sizes.stream()
                        .filter(size -> size.name().equalsIgnoreCase(name) && size.available())
                        .limit(1))
                .toList();
    }
}
