package io.keylesspull.kill;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/**
 * How a virtual machine for the child is started: hundreds are, each for a second's work. They share an archive of
 * loaded classes, which takes classes neither from folders nor from signed jars; so those of the build and of the Azure
 * SDK are put together in one plain jar.
 */
final class ChildJvm {

    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    private static final String SERVICES = "META-INF/services/";

    private final Path archive;
    private final String classPath;

    /** @param folder where the jar and the archive go */
    ChildJvm(Path folder) throws IOException {
        archive = folder.resolve("child.jsa");
        Path jar = folder.resolve("child.jar");
        List<Path> packed = new ArrayList<>();
        List<String> left = new ArrayList<>(List.of(jar.toString()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path) || Files.exists(path) && signed(path)) {
                packed.add(path);
            } else {
                left.add(entry);
            }
        }
        try (Packing packing = new Packing(jar)) {
            for (Path path : packed) {
                packing.add(path);
            }
        }
        classPath = String.join(File.pathSeparator, left);
    }

    private static boolean signed(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            return file.stream()
                    .anyMatch(entry -> SIGNATURE.matcher(entry.getName()).matches());
        }
    }

    /** What precedes the main class's name. @param makesArchive whether the archive is made when the child ends */
    List<String> command(boolean makesArchive) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Xlog:disable"));
        if (makesArchive) {
            command.add("-XX:ArchiveClassesAtExit=" + archive);
        } else if (Files.exists(archive)) {
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        command.addAll(List.of("-cp", classPath));
        return command;
    }

    private static final class Packing implements AutoCloseable {

        private final JarOutputStream out;
        private final Set<String> names = new HashSet<>();
        private final Map<String, ByteArrayOutputStream> services = new HashMap<>();

        Packing(Path jar) throws IOException {
            out = new JarOutputStream(Files.newOutputStream(jar));
            out.setLevel(Deflater.NO_COMPRESSION);
        }

        void add(Path path) throws IOException {
            if (Files.isDirectory(path)) {
                List<Path> files;
                try (Stream<Path> all = Files.walk(path)) {
                    files = all.filter(Files::isRegularFile).toList();
                }
                for (Path file : files) {
                    try (InputStream content = Files.newInputStream(file)) {
                        put(path.relativize(file).toString().replace('\\', '/'), content);
                    }
                }
            } else {
                try (JarFile jar = new JarFile(path.toFile(), false)) {
                    for (JarEntry entry :
                            jar.stream().filter(each -> !each.isDirectory()).toList()) {
                        try (InputStream content = jar.getInputStream(entry)) {
                            put(entry.getName(), content);
                        }
                    }
                }
            }
        }

        private void put(String name, InputStream content) throws IOException {
            if (name.startsWith(SERVICES)) {
                content.transferTo(services.computeIfAbsent(name, each -> new ByteArrayOutputStream()));
                services.get(name).write('\n');
            } else if (!SIGNATURE.matcher(name).matches() && !name.equals(JarFile.MANIFEST_NAME) && names.add(name)) {
                out.putNextEntry(new JarEntry(name));
                content.transferTo(out);
                out.closeEntry();
            }
        }

        @Override
        public void close() throws IOException {
            for (Map.Entry<String, ByteArrayOutputStream> service : services.entrySet()) {
                out.putNextEntry(new JarEntry(service.getKey()));
                service.getValue().writeTo(out);
                out.closeEntry();
            }
            out.close();
        }
    }
}
