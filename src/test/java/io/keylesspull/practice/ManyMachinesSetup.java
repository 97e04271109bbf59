package io.keylesspull.practice;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The machines of the practice subscription "Many machines" in a setup file. */
public final class ManyMachinesSetup {

    private ManyMachinesSetup() {}

    /** The first so many, for the array {@code machines}. */
    public static String machines(int number) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(
                        "{\"name\": \"practice%04d\", \"create\": false, \"resourceGroup\": \"manyMachines\"}"
                                ::formatted)
                .collect(Collectors.joining(","));
    }
}
