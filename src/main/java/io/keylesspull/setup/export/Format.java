package io.keylesspull.setup.export;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** As what a setup can be written down. */
public enum Format {
    ARM("azuredeploy.json"),
    BICEP("main.bicep"),
    TERRAFORM("main.tf"),
    CLOUD_INIT("cloud-init.yaml"),
    BASH("setup.sh"),
    POWERSHELL("setup.ps1");

    private final String fileName;

    Format(String fileName) {
        this.fileName = fileName;
    }

    /** What such a file is usually called. */
    public String fileName() {
        return fileName;
    }

    /** What it is called on the command line. */
    public String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @param option what it is called on the command line; capitals do not count */
    public static Optional<Format> of(String option) {
        return Arrays.stream(values())
                .filter(format -> format.option().equalsIgnoreCase(option))
                .findFirst();
    }

    /** What all are called on the command line. */
    public static List<String> options() {
        return Arrays.stream(values()).map(Format::option).toList();
    }
}
