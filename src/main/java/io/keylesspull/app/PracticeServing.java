package io.keylesspull.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.keylesspull.app.cli.ExitStatus;
import io.keylesspull.app.cli.Serving;
import io.keylesspull.disk.PrivateFiles;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.directory.PracticeApp;
import io.keylesspull.practice.wire.PracticeServer;
import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshKey;
import io.keylesspull.text.FileErrors;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Serves the practice cloud and prints how other programs reach it. While it serves, the certificate to trust and the
 * key to the machines are files in the data folder.
 */
final class PracticeServing implements Serving {

    private final Path folder;
    private final Time time;
    private final SecureRandom random;
    private final Texts texts;
    private final ShellDialect shell;
    private final PrintWriter out;
    private final PrintWriter err;

    /** @param dataFolder the user's data folder @param shell the syntax in which settings are printed */
    PracticeServing(
            Path dataFolder,
            Time time,
            SecureRandom random,
            Texts texts,
            ShellDialect shell,
            PrintWriter out,
            PrintWriter err) {
        this.folder = dataFolder.resolve("practice");
        this.time = time;
        this.random = random;
        this.texts = texts;
        this.shell = shell;
        this.out = out;
        this.err = err;
    }

    @Override
    public int serve(Pace pace, int port) {
        try (PracticeCloud cloud = PracticeCloud.start(pace, time, random);
                PracticeServer server = cloud.serve(port, random)) {
            return serve(cloud, server);
        } catch (BindException e) {
            return failed("app.server.port", String.valueOf(port), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return failed("app.server.failed", FileErrors.reason(e));
        }
    }

    private int serve(PracticeCloud cloud, PracticeServer server) throws IOException {
        // The port is in the names because several servers may run at once, each with its own authority and key.
        String number = String.valueOf(server.proxy().getPort());
        Path certificate = folder.resolve("server-" + number + "-ca.pem");
        Path key = folder.resolve("server-" + number + "-key");
        Path profile = folder.resolve("server-" + number + "-azure-cli");
        List<Path> files = List.of(certificate, key, folder.resolve("server-" + number + "-key.pub"), profile);
        try {
            delete(files);
            // The Azure CLI keeps tokens there, which the next practice cloud would not know.
            PrivateFiles.createDirectories(profile);
            PrivateFiles.writeNew(certificate, server.certificate().getBytes(StandardCharsets.US_ASCII));
            SshKey.parse(cloud.practicePrivateKey(), key.toString()).save(key);
            guide(cloud, server, certificate, key, profile);
            // Flushes first.
            if (out.checkError()) {
                // Nobody could know how to reach it.
                return failed("app.outputLost");
            }
            // Nobody counts it down: only an interrupt ends the wait.
            new CountDownLatch(1).await();
            return ExitStatus.PROVEN;
        } catch (InterruptedException e) {
            // The program ends here, with the exit status of a program that Ctrl-C ended.
            out.println(texts.render("app.server.ended"));
            out.flush();
            return ExitStatus.CANCELLED;
        } catch (SshException e) {
            throw new IllegalStateException("the practice cloud's own key cannot be read", e);
        } finally {
            delete(files);
        }
    }

    private void guide(PracticeCloud cloud, PracticeServer server, Path certificate, Path key, Path profile) {
        String proxy = server.proxy().toString();
        say("app.server.serving", proxy);
        out.println();
        say("app.server.settings");
        command(shell.set("HTTPS_PROXY", proxy));
        // The first is for Python (the Azure CLI), the second for Go and OpenSSL (Docker, Terraform, curl).
        command(shell.set("REQUESTS_CA_BUNDLE", certificate.toString()));
        command(shell.set("SSL_CERT_FILE", certificate.toString()));
        command(shell.set("AZURE_CONFIG_DIR", profile.toString()));
        out.println();
        say("app.server.signIn");
        command("az login --service-principal --username " + PracticeApp.CLIENT_ID + " --password " + PracticeApp.SECRET
                + " --tenant " + cloud.tenantId());
        out.println();
        say("app.server.keylessPull", "\"signIn\": {\"method\": \"environment\"}");
        command(shell.set("AZURE_TENANT_ID", cloud.tenantId()));
        command(shell.set("AZURE_CLIENT_ID", PracticeApp.CLIENT_ID));
        command(shell.set("AZURE_CLIENT_SECRET", PracticeApp.SECRET));
        command("keyless-pull --ca-file " + shell.quoted(certificate.toString()) + " --ssh-proxy " + proxy
                + " --run SETUP.json");
        say("app.server.machines", "\"sshKey\": " + TextNode.valueOf(key.toString()));
        command("\"jumpHosts\": [" + jumpHost(cloud) + "]");
        out.println();
        say("app.server.ssh");
        command("ssh -i " + shell.quoted(key.toString()) + " -o ProxyCommand=\"nc -X connect -x "
                + server.proxy().getAuthority() + " %h %p\" azureuser@ADDRESS");
    }

    /** As a setup file names it. In {@code known_hosts}, the key's type and the key follow the name. */
    private static ObjectNode jumpHost(PracticeCloud cloud) {
        String[] known = cloud.knownHosts().lines().findFirst().orElseThrow().split(" ", 2);
        return JsonNodeFactory.instance
                .objectNode()
                .put("host", known[0].split(",")[0])
                .put("user", "azureuser")
                .put("hostKey", known[1]);
    }

    private void command(String line) {
        out.println("    " + line);
    }

    private void say(String key, Object... arguments) {
        out.println(texts.render(key, arguments));
    }

    private int failed(String key, Object... arguments) {
        err.println(texts.render(key, arguments));
        err.flush();
        return ExitStatus.FAILED;
    }

    private static void delete(List<Path> files) throws IOException {
        for (Path file : files) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                delete(file);
            }
        }
    }

    private static void delete(Path file) throws IOException {
        try (Stream<Path> all = Files.walk(file)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }
}
