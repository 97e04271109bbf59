package io.keylesspull.setup.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.disk.PrivateFiles;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.text.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to reach the machines of a run by {@code ssh}: the command of each, in a file of the run's folder. It is kept for
 * people alone; no step reads it.
 */
public final class MachineSessions {

    private static final String FILE = "ssh.json";

    private MachineSessions() {}

    /** Keeps the commands of the machines that were reached over SSH. Does nothing if there are none. */
    static void keep(Path folder, List<ProvenMachine> machines) throws IOException {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        machines.stream()
                .filter(machine -> !machine.sshArguments().isEmpty())
                .forEach(machine -> commands.put(machine.name(), machine.sshArguments()));
        if (!commands.isEmpty()) {
            PrivateFiles.write(folder.resolve(FILE), new ObjectMapper().writeValueAsBytes(commands));
        }
    }

    /**
     * The program and its arguments by machine, in the order of the setup file; empty if none was reached over SSH.
     *
     * @throws Failure if the file cannot be read
     */
    public static Map<String, List<String>> of(StoredRun run) throws Failure {
        Path file = run.folder().resolve(FILE);
        try {
            return new ObjectMapper()
                    .readValue(Files.readAllBytes(file), new TypeReference<LinkedHashMap<String, List<String>>>() {});
        } catch (NoSuchFileException none) {
            return Map.of();
        } catch (JsonProcessingException edited) {
            throw Failure.of("setup.dataFolder", String.valueOf(edited.getOriginalMessage()), file.toString());
        } catch (IOException e) {
            throw Failure.of("setup.dataFolder", FileErrors.reason(e), file.toString());
        }
    }
}
