package io.keylesspull.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** What Azure or a machine may be in the middle of when the program is killed. */
enum Work {
    MAKING_A_MACHINE(Example.USER_ASSIGNED, stage -> isMaking(stage, "/virtualMachines/myDockerVM")),
    SETTING_DOCKER_UP(Example.USER_ASSIGNED, stage -> has(stage, "/virtualMachines/myDockerVM", "unpacked docker.io")),
    COPYING_AN_IMAGE(Example.ON_WHAT_IS_THERE, stage -> isChanging(stage, "\"imported_image\"")),
    MAKING_A_REGISTRY(Example.SYSTEM_ASSIGNED, stage -> isMaking(stage, "/registries/myContainerRegistry")),
    GIVING_A_MACHINE_AN_IDENTITY(Example.ON_WHAT_IS_THERE, stage -> isChanging(stage, "\"identity\",")),
    FETCHING_DOCKER(Example.ON_WHAT_IS_THERE, stage -> isChanging(stage, "\"docker.io\"")),
    UNPACKING_DOCKER(Example.ON_WHAT_IS_THERE, stage -> has(stage, "/virtualMachines/practiceBare", "unpacked runc")),
    SETTING_THE_AZURE_CLI_UP(
            Example.SYSTEM_ASSIGNED, stage -> has(stage, "/virtualMachines/myDockerVM", "unpacked azure-cli")),
    SIGNING_IN_TO_THE_REGISTRY(Example.SYSTEM_ASSIGNED, stage -> isChanging(stage, "\"registry_login\"")),
    ADDING_A_KEY(Example.ADDED_KEY, stage -> isChanging(stage, "\"authorized_key\"")),
    PULLING(Example.USER_ASSIGNED, stage -> isChanging(stage, "\"pulled_image\""));

    private final Example example;
    private final Predicate<Stage> underWay;

    Work(Example example, Predicate<Stage> underWay) {
        this.example = example;
        this.underWay = underWay;
    }

    Example example() {
        return example;
    }

    boolean isUnderWay(Stage stage) {
        return underWay.test(stage);
    }

    private static Optional<String> id(Stage stage, String end) {
        return stage.cloud().resourceIds().filter(id -> id.endsWith(end)).findFirst();
    }

    private static boolean isMaking(Stage stage, String end) {
        return id(stage, end).filter(id -> state(stage, id).equals("Creating")).isPresent();
    }

    private static boolean isMade(Stage stage, String id) {
        return state(stage, id).equals("Succeeded");
    }

    private static String state(Stage stage, String id) {
        return stage.cloud()
                .resource(id)
                .map(made -> made.at("/properties/provisioningState").asText())
                .orElse("");
    }

    private static boolean has(Stage stage, String end, String line) {
        return id(stage, end)
                .filter(id -> isMade(stage, id)
                        && stage.cloud().machine(id).inventory().contains(line))
                .isPresent();
    }

    /** By the journal: begun and not done. @param change as it stands there */
    private static boolean isChanging(Stage stage, String change) {
        try {
            List<String> lines = stage.journal().stream()
                    .filter(line -> line.contains(change))
                    .toList();
            return lines.stream().anyMatch(line -> line.contains("\"ChangeBegun\""))
                    && lines.stream().noneMatch(line -> line.contains("\"ChangeDone\""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
