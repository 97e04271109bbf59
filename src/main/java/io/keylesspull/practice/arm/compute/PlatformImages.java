package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.data.DataTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The platform images; the same in every region. */
final class PlatformImages {

    private final List<Image> images = DataTable.rows("images.txt").stream()
            .map(row -> new Image(
                    row.get(0),
                    row.get(1),
                    row.get(2),
                    List.of(row.get(3).split(",")),
                    row.get(4),
                    row.get(5),
                    row.get(6),
                    !row.get(7).equals("-"),
                    row.get(8)))
            .toList();

    /**
     * @param versions oldest first
     * @param release of the operating system, such as {@code ubuntu-22.04}
     * @param generation {@code V1} or {@code V2}
     * @param hasPlan named as the SKU, of a product named as the offer
     * @param system {@code Linux} or {@code Windows}
     */
    record Image(
            String publisher,
            String offer,
            String sku,
            List<String> versions,
            String release,
            String generation,
            String architecture,
            boolean hasPlan,
            String system) {

        String latest() {
            return versions.get(versions.size() - 1);
        }

        /** @param version one of them, or {@code latest} */
        Optional<String> version(String version) {
            return version.equalsIgnoreCase("latest")
                    ? Optional.of(latest())
                    : versions.stream().filter(version::equals).findFirst();
        }
    }

    Stream<Image> all() {
        return images.stream();
    }

    Stream<Image> of(String publisher) {
        return all().filter(image -> image.publisher.equalsIgnoreCase(publisher));
    }

    Stream<Image> of(String publisher, String offer) {
        return of(publisher).filter(image -> image.offer.equalsIgnoreCase(offer));
    }

    Optional<Image> find(String publisher, String offer, String sku) {
        return of(publisher, offer)
                .filter(image -> image.sku.equalsIgnoreCase(sku))
                .findFirst();
    }

    /** @param reference as in {@code storageProfile.imageReference} */
    Optional<Image> find(JsonNode reference) {
        return find(text(reference, "publisher"), text(reference, "offer"), text(reference, "sku"));
    }

    private static String text(JsonNode reference, String name) {
        return reference.path(name).asText();
    }
}
