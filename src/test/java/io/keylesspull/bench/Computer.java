package io.keylesspull.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the figures were measured on. */
final class Computer {

    private static final Path CPU = Path.of("/proc/cpuinfo");

    private Computer() {}

    static ObjectNode describe(ObjectNode into) throws IOException {
        var system = ManagementFactory.getOperatingSystemMXBean();
        into.put("CPU", cpu()).put("cores", system.getAvailableProcessors());
        if (system instanceof com.sun.management.OperatingSystemMXBean more) {
            into.put("memory", more.getTotalMemorySize() / (1 << 20) + " MB");
        }
        return into.put("operating system", system.getName() + " " + system.getVersion() + " " + system.getArch())
                .put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"))
                .put("heap limit", Runtime.getRuntime().maxMemory() / (1 << 20) + " MB")
                .put("load at the report's time (1 min)", Report.number(system.getSystemLoadAverage()));
    }

    /** Linux says it in a file; elsewhere the architecture has to do. */
    private static String cpu() throws IOException {
        if (!Files.exists(CPU)) {
            return Stream.of(System.getenv("PROCESSOR_IDENTIFIER"), System.getProperty("os.arch"))
                    .filter(name -> name != null)
                    .findFirst()
                    .orElseThrow();
        }
        List<String> lines = Files.readAllLines(CPU);
        return lines.stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse(System.getProperty("os.arch"));
    }
}
