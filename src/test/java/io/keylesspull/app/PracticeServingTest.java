package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.clock.Pace;
import io.keylesspull.remote.SshKey;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PracticeServingTest {

    @TempDir
    private Path data;

    private final BlockingQueue<String> shown = new ArrayBlockingQueue<>(8);
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void whileItServesItsFilesAreThereAndItSaysHowToGetThere(String language) throws Exception {
        FutureTask<Integer> serving =
                new FutureTask<>(() -> serving(language, ShellDialect.POSIX).serve(Pace.INSTANT, 0));
        Thread thread = new Thread(serving);
        thread.start();
        String guide = shown.poll(1, TimeUnit.MINUTES);
        assertThat(guide).contains("az login --service-principal", "Ctrl-C");
        Path certificate = Path.of(setting(guide, "REQUESTS_CA_BUNDLE"));
        assertThat(certificate).startsWith(data).content().startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(setting(guide, "SSL_CERT_FILE")).isEqualTo(certificate.toString());
        Path key = Path.of(guide.replaceAll("(?s).*ssh -i (\\S+) .*", "$1"));
        assertThat(guide)
                .contains("\"sshKey\": \"" + key + "\"")
                .contains("{\"host\":\"practicejump.japaneast.cloudapp.azure.com\",\"user\":\"azureuser\"")
                .contains("\"hostKey\":\"ssh-ed25519 AAAA");
        assertThat(SshKey.load(key).publicKeyLine()).startsWith("ssh-ed25519 ");
        Path profile = Path.of(setting(guide, "AZURE_CONFIG_DIR"));
        Files.writeString(Files.createDirectory(profile.resolve("logs")).resolve("az.log"), "as az does");
        Files.writeString(profile.resolve("service_principal_entries.json"), "a token");
        int port = Integer.parseInt(setting(guide, "HTTPS_PROXY").replaceAll(".*:", ""));
        new Socket(InetAddress.getLoopbackAddress(), port).close();

        thread.interrupt();
        assertThat(serving.get(1, TimeUnit.MINUTES)).isEqualTo(130);
        assertThat(shown).singleElement().asString().startsWith(guide).isNotEqualTo(guide);
        assertThat(files()).isEmpty();
        assertThat(profile).doesNotExist();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aTakenPortIsReportedInOneSentenceAndNothingIsWritten() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThat(serving("en", ShellDialect.POSIX).serve(Pace.INSTANT, port))
                    .isEqualTo(1);
            assertThat(err.toString().lines())
                    .singleElement()
                    .asString()
                    .contains("at port " + port + " (", "another program has it", "--practice-server=PORT");
        }
        assertThat(shown).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void aServerThatCannotSayHowToReachItEnds() throws IOException {
        PrintWriter full = new PrintWriter(Writer.nullWriter()) {
            @Override
            public boolean checkError() {
                return true;
            }
        };
        assertThat(serving("en", ShellDialect.POSIX, full).serve(Pace.INSTANT, 0))
                .isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().contains("could not be written");
        assertThat(files()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeWrittenToIsReported() throws IOException {
        Files.writeString(data.resolve("practice"), "in the way");
        assertThat(serving("en", ShellDialect.POSIX).serve(Pace.INSTANT, 0)).isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().contains("data folder");
    }

    @Test
    void settingsAreInTheWordsOfTheSystemsShell() {
        assertThat(ShellDialect.of("Linux").set("A", "/home/me/ca.pem")).isEqualTo("export A=/home/me/ca.pem");
        assertThat(ShellDialect.of("Mac OS X").set("A", "/My Data/it's")).isEqualTo("export A='/My Data/it'\\''s'");
        assertThat(ShellDialect.of("Windows 11").set("A", "C:\\My Data\\it's"))
                .isEqualTo("$env:A = 'C:\\My Data\\it''s'");
    }

    private PracticeServing serving(String language, ShellDialect shell) {
        StringWriter out = new StringWriter();
        PrintWriter tellsWhenFlushed = new PrintWriter(out) {
            @Override
            public void flush() {
                super.flush();
                shown.add(out.toString());
            }
        };
        return serving(language, shell, tellsWhenFlushed);
    }

    private PracticeServing serving(String language, ShellDialect shell, PrintWriter out) {
        return new PracticeServing(
                data,
                Time.system(),
                new SecureRandom(),
                new Texts(Locale.forLanguageTag(language)),
                shell,
                out,
                new PrintWriter(err));
    }

    private Stream<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(Files::isRegularFile).toList().stream();
        }
    }

    private static String setting(String guide, String name) {
        Matcher line = Pattern.compile("export " + name + "=(\\S+)").matcher(guide);
        assertThat(line.find()).as(guide).isTrue();
        return line.group(1);
    }
}
