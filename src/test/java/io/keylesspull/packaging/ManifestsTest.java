package io.keylesspull.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code jpackage/manifests.sh} makes for package managers, of installers that are none. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for /bin/sh")
class ManifestsTest {

    private static final String PAGE = "https://git.example/owner/keyless-pull";
    private static final String DOWNLOADS = PAGE + "/releases/download/v1.0.0/";
    private static final List<String> INSTALLERS = List.of(
            "keyless-pull-1.0.0-windows-user.msi",
            "keyless-pull-1.0.0-windows-machine.msi",
            "keyless-pull-1.0.0-macos-arm64.dmg",
            "keyless-pull-1.0.0-macos-x86_64.dmg",
            "keyless-pull_1.0.0_amd64.deb");

    @TempDir
    private Path project;

    private Path manifests;

    @BeforeEach
    void aProjectWithInstallers() throws Exception {
        manifests = project.resolve("target/manifests");
        try (Stream<Path> files = Files.walk(Path.of("jpackage"))) {
            for (Path file : files.toList()) {
                Files.copy(file, project.resolve(file.toString()));
            }
        }
        // The version is read from it; the day is known without a history.
        Files.writeString(
                project.resolve("pom.xml"),
                Files.readString(Path.of("pom.xml"))
                        .replaceFirst("(<artifactId>keyless-pull</artifactId>\\s*<version>)[^<]*", "$11.0.0-SNAPSHOT"));
        Path installers = Files.createDirectories(project.resolve("target/installers"));
        for (String name : INSTALLERS) {
            Files.writeString(installers.resolve(name), "This is not " + name);
        }
    }

    @Test
    void nothingIsLeftToFillIn() throws Exception {
        fill(PAGE);

        try (Stream<Path> files = Files.walk(manifests)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).hasSize(6);
            for (Path file : all) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern("@[A-Z_0-9]+@");
            }
        }
    }

    /**
     * The fields that winget's schemas require, and the installers' hashes.
     *
     * @see <a href="https://github.com/microsoft/winget-cli/tree/master/schemas/JSON/manifests/v1.12.0">the schemas</a>
     */
    @Test
    void wingetKnowsWhatToInstallForOneUserAndForAll() throws Exception {
        fill(PAGE + "/");

        Map<String, Object> version = winget("");
        assertThat(version)
                .containsOnlyKeys(
                        "PackageIdentifier", "PackageVersion", "DefaultLocale", "ManifestType", "ManifestVersion")
                .containsEntry("ManifestType", "version");
        Map<String, Object> english = winget(".locale.en-US");
        assertThat(english)
                .containsKeys("Publisher", "PackageName", "License", "ShortDescription")
                .containsEntry("PackageLocale", version.get("DefaultLocale"))
                .containsEntry("Publisher", "The Keyless Pull authors")
                .containsEntry("ManifestType", "defaultLocale");
        assertThat(winget(".locale.ja-JP"))
                .containsEntry("PackageLocale", "ja-JP")
                .containsEntry("ManifestType", "locale")
                .extracting("ShortDescription")
                .asString()
                .contains("プル");
        Map<String, Object> installer = winget(".installer");
        assertThat(installer)
                .containsEntry("InstallerType", "wix")
                .containsEntry("FileExtensions", List.of("keylesspull"))
                .containsEntry("ManifestType", "installer")
                .containsEntry(
                        "Installers",
                        List.of(
                                installer("user", "keyless-pull-1.0.0-windows-user.msi"),
                                installer("machine", "keyless-pull-1.0.0-windows-machine.msi")));
        assertThat(Files.readString(Path.of("jpackage/windows-installer.args")))
                .contains(installer
                        .get("AppsAndFeaturesEntries")
                        .toString()
                        .replaceFirst(".*UpgradeCode=\\{(.*?)}.*", "--win-upgrade-uuid $1\n"));
        assertThat(Stream.of(version, english, installer))
                .allSatisfy(manifest -> assertThat(manifest)
                        .containsEntry("PackageIdentifier", "KeylessPull.KeylessPull")
                        .containsEntry("PackageVersion", "1.0.0")
                        .containsEntry("ManifestVersion", "1.12.0"));
    }

    private Map<String, Object> installer(String scope, String file) throws Exception {
        return Map.of(
                "Architecture", "x64", "Scope", scope, "InstallerUrl", DOWNLOADS + file, "InstallerSha256", hash(file));
    }

    @Test
    void homebrewInstallsTheProgramForBothProcessors() throws Exception {
        fill(PAGE);

        String cask = Files.readString(manifests.resolve("homebrew/keyless-pull.rb"));
        assertThat(cask)
                .startsWith("cask \"keyless-pull\" do\n")
                .endsWith("\nend\n")
                .contains("version \"1.0.0\"\n", "desc \"", "homepage \"" + PAGE + "\"\n")
                .contains("sha256 arm:   \"" + hash("keyless-pull-1.0.0-macos-arm64.dmg") + "\"")
                .contains("intel: \"" + hash("keyless-pull-1.0.0-macos-x86_64.dmg") + "\"")
                .contains("app \"Keyless Pull.app\"\n");
        assertThat(cask.lines().filter(line -> !line.strip().startsWith("#")))
                .allMatch(line -> line.chars().filter(c -> c == '"').count() % 2 == 0, "quotes are closed");
        String url = cask.replaceFirst("(?s).*\\n  url \"([^\"]*)\".*", "$1").replace("#{version}", "1.0.0");
        assertThat(Stream.of("arm64", "x86_64").map(arch -> url.replace("#{arch}", arch)))
                .containsExactly(
                        DOWNLOADS + "keyless-pull-1.0.0-macos-arm64.dmg",
                        DOWNLOADS + "keyless-pull-1.0.0-macos-x86_64.dmg");
        // "brew audit" refuses longer ones.
        assertThat(cask.replaceFirst("(?s).*\\n  desc \"([^\"]*)\".*", "$1"))
                .hasSizeBetween(20, 80)
                .doesNotEndWith(".");
    }

    @Test
    void flatpakTakesTheDeb() throws Exception {
        fill(PAGE);

        Map<String, Object> manifest = yaml(manifests.resolve("flatpak/io.keylesspull.keylesspull.yaml"));
        assertThat(manifest)
                .containsEntry("id", "io.keylesspull.keylesspull")
                .containsEntry("command", "keyless-pull")
                .containsKeys("runtime", "runtime-version", "sdk", "finish-args");
        assertThat(manifest.get("modules").toString())
                .contains(
                        "url=" + DOWNLOADS + "keyless-pull_1.0.0_amd64.deb,",
                        "sha256=" + hash("keyless-pull_1.0.0_amd64.deb") + ",");
        assertThat(Path.of("jpackage/linux", manifest.get("id") + ".metainfo.xml"))
                .exists();
    }

    @Test
    void whatIsMissingIsSaidInOneLineAndNothingIsMade() throws Exception {
        Files.delete(project.resolve("target/installers/keyless-pull-1.0.0-macos-arm64.dmg"));

        assertThat(refused(PAGE))
                .startsWith("manifests.sh: target/installers lacks keyless-pull-1.0.0-macos-arm64.dmg. ");
        assertThat(refused("keyless-pull")).startsWith("manifests.sh: name the project's page");
        assertThat(refused()).startsWith("manifests.sh: name the project's page");
        assertThat(manifests).doesNotExist();
    }

    /** Software centres load them from the project's page, where they have this path. */
    @Test
    void thePicturesThatTheMetadataNamesAreThere() throws Exception {
        Matcher pictures = Pattern.compile(
                        "width=\"(\\d+)\" height=\"(\\d+)\">@URL@/raw/v@VERSION@/(assets/pictures/.*?)</image>")
                .matcher(Files.readString(Path.of("jpackage/linux/io.keylesspull.keylesspull.metainfo.xml")));
        int found = 0;
        while (pictures.find()) {
            BufferedImage picture = ImageIO.read(Path.of(pictures.group(3)).toFile());
            assertThat(picture.getWidth() + "x" + picture.getHeight())
                    .as(pictures.group(3))
                    .isEqualTo(pictures.group(1) + "x" + pictures.group(2));
            found++;
        }
        assertThat(found).isEqualTo(4);
    }

    private void fill(String page) throws Exception {
        Process script = start("/bin/sh", "jpackage/manifests.sh", page);
        String said = printed(script);
        assertThat(script.waitFor()).as(said).isZero();
    }

    private String refused(String... page) throws Exception {
        Process script = start(Stream.concat(Stream.of("/bin/sh", "jpackage/manifests.sh"), Stream.of(page))
                .toArray(String[]::new));
        String said = printed(script);
        assertThat(script.waitFor()).as(said).isNotZero();
        assertThat(said.lines()).hasSize(1);
        return said;
    }

    private Process start(String... argv) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(argv).directory(project.toFile()).redirectErrorStream(true);
        builder.environment().put("SOURCE_DATE_EPOCH", "1767225600");
        return builder.start();
    }

    private static String printed(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Map<String, Object> winget(String ending) throws IOException {
        return yaml(manifests.resolve("winget/KeylessPull.KeylessPull" + ending + ".yaml"));
    }

    private static Map<String, Object> yaml(Path file) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    }

    private String hash(String installer) throws IOException, GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(Files.readAllBytes(project.resolve("target/installers/" + installer))));
    }
}
