package io.keylesspull.setup.request;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keylesspull.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A {@link SetupRequest} as a JSON file, version 1. Its JSON Schema is {@code assets/setup.schema.json}. */
public final class SetupFile {

    /** What reading a file gave. */
    public sealed interface Reading permits Read, Refused {}

    /** A request that {@link SetupRules} find nothing wrong with. */
    public record Read(SetupRequest request) implements Reading {}

    /**
     * Nothing to go on with.
     *
     * @param violations all at once, at least one; where the file as a whole is not right, the path is empty
     */
    public record Refused(List<Violation> violations) implements Reading {
        public Refused {
            violations = List.copyOf(violations);
        }
    }

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** In bytes. As many machines as a request may name take a tenth of it. */
    private static final int LARGEST = 1024 * 1024;

    /** Jackson's words for what it expected: its parsers have them in their code alone. The first that fits counts. */
    private static final Map<Pattern, String> EXPECTED = expected();

    private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*?)'");

    private SetupFile() {}

    /** @param practice whether the file is for practice mode, where signIn and subscription may be left out */
    public static Reading read(Path file, boolean practice) {
        return read(file, practice, true);
    }

    /**
     * Reads what a run was begun with. It passed the rules of the build that began the run; rules that came later must
     * not keep it from being resumed or undone.
     *
     * @param practice whether the run is one of practice mode
     */
    public static Reading readBegun(Path file, boolean practice) {
        return read(file, practice, false);
    }

    private static Reading read(Path file, boolean practice, boolean judged) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException e) {
            return refused("", Text.of("setup.file.none"));
        } catch (AccessDeniedException e) {
            return refused("", Text.of("setup.file.denied"));
        } catch (IOException e) {
            return refused("", Text.of("setup.file.unreadable", String.valueOf(e.getMessage())));
        }
        if (bytes.length > LARGEST) {
            return refused("", Text.of("setup.file.large"));
        }
        try {
            return read(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString(),
                    practice,
                    judged);
        } catch (CharacterCodingException e) {
            return refused("", Text.of("setup.file.encoding"));
        }
    }

    /** @param practice whether the file is for practice mode, where signIn and subscription may be left out */
    public static Reading read(String json, boolean practice) {
        return read(json, practice, true);
    }

    /** As {@link #readBegun(Path, boolean)}. */
    public static Reading readBegun(String json, boolean practice) {
        return read(json, practice, false);
    }

    private static Reading read(String json, boolean practice, boolean judged) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json.startsWith("\uFEFF") ? json.substring(1) : json);
        } catch (JsonProcessingException e) {
            return notJson(e);
        }
        if (root.isMissingNode()) {
            return refused("", Text.of("setup.file.empty"));
        }
        if (!root.isObject()) {
            return refused("", Text.of("setup.file.notObject"));
        }
        FileProblems problems = new FileProblems();
        SetupRequest request = SetupFileKeys.file().read(root, "", problems);
        if (!practice && !root.has(SetupFileKeys.SIGN_IN_KEY)) {
            problems.besides(SetupFileKeys.SIGN_IN_KEY, "", Text.of("setup.file.missing.signIn"));
        }
        if (!root.has(SetupFileKeys.IDENTITY_KEY)
                && (!root.path(SetupFileKeys.MACHINES_KEY).isEmpty() || root.has(SetupFileKeys.SCALE_SET_KEY))) {
            problems.unreadable(SetupFileKeys.IDENTITY_KEY, "", Text.of("setup.file.missing"));
        }
        JsonNode registry = root.path("registry");
        if (registry.path("importSample").asBoolean() && registry.has(SetupFileKeys.IMPORT_KEY)) {
            problems.besides(
                    "registry." + SetupFileKeys.IMPORT_KEY,
                    registry.path(SetupFileKeys.IMPORT_KEY).asText(),
                    Text.of("setup.file.importTwice"));
        }
        if (isEmptyList(root.path(SetupFileKeys.REPOSITORIES_KEY))) {
            problems.besides(SetupFileKeys.REPOSITORIES_KEY, "[]", Text.of("setup.file.noRepositories"));
        }
        List<Violation> violations = new ArrayList<>(problems.found());
        if (judged) {
            // Of a list that is too long the rules count what was read.
            Set<String> told = violations.stream().map(Violation::path).collect(Collectors.toSet());
            violations.addAll(problems.clashes());
            SetupRules.check(request, practice).stream()
                    .filter(violation -> !told.contains(violation.path())
                            && !problems.touches(violation.path())
                            && !hangsOnKind(violation, problems))
                    .filter(violation -> !SetupRules.isOfAllTargets(violation)
                            || SetupFileKeys.TARGET_KEYS.stream().noneMatch(problems::touches))
                    .flatMap(violation -> aboutTargets(violation, root))
                    .map(violation -> violation.value().isEmpty() ? asWritten(violation, root) : violation)
                    .forEach(violations::add);
            // "machines": [] is what earlier versions wrote where there are only other targets.
            if (isEmptyList(root.path(SetupFileKeys.CLUSTERS_KEY))
                    && violations.stream()
                            .noneMatch(violation -> violation.rule().equals(SetupRules.NO_TARGETS))) {
                violations.add(new Violation(SetupFileKeys.CLUSTERS_KEY, "[]", Text.of("setup.file.noClusters")));
            }
        }
        return violations.isEmpty() ? new Read(request) : new Refused(violations);
    }

    private static boolean isEmptyList(JsonNode node) {
        return node.isArray() && node.isEmpty();
    }

    /** @return the same request when read again */
    public static String write(SetupRequest request) {
        return SetupFileKeys.file().write(request).toPrettyString() + "\n";
    }

    private static Map<Pattern, String> expected() {
        Map<Pattern, String> words = new LinkedHashMap<>();
        words.put(Pattern.compile("end-of-input"), "end");
        words.put(Pattern.compile("close marker"), "close");
        words.put(Pattern.compile("start field name|start of a field name"), "key");
        words.put(Pattern.compile("comma to separate"), "comma");
        words.put(Pattern.compile("colon to separate"), "colon");
        words.put(Pattern.compile("(?i)expect(?:ed|ing) .*value|Unrecognized token"), "value");
        return Collections.unmodifiableMap(words);
    }

    /** With the quotes of an empty text, which a key that is missing has not. */
    private static Violation asWritten(Violation violation, JsonNode root) {
        JsonNode node = root.at(
                "/" + violation.path().replace("[", "/").replace("]", "").replace('.', '/'));
        return new Violation(
                violation.path(), node.isTextual() ? FileProblems.shown(node) : violation.value(), violation.rule());
    }

    /** Without a target: said of the key that is there, if it is one, and not if one of them seems to be misspelt. */
    private static Stream<Violation> aboutTargets(Violation violation, JsonNode root) {
        if (!violation.rule().equals(SetupRules.NO_TARGETS)) {
            return Stream.of(violation);
        }
        List<String> known = SetupFileKeys.file().names();
        List<String> written = new ArrayList<>();
        root.fieldNames().forEachRemaining(written::add);
        boolean misspelt = written.stream()
                .filter(name -> !known.contains(name))
                .anyMatch(name -> Nearest.of(name, known)
                        .filter(SetupFileKeys.TARGET_KEYS::contains)
                        .isPresent());
        if (misspelt) {
            return Stream.empty();
        }
        List<String> given =
                SetupFileKeys.TARGET_KEYS.stream().filter(root::has).toList();
        return Stream.of(
                given.size() == 1
                        ? new Violation(given.get(0), FileProblems.shown(root.get(given.get(0))), violation.rule())
                        : new Violation("", "", violation.rule()));
    }

    /** Whether an identity has a name depends on its kind: nothing can be said where that could not be read. */
    private static boolean hangsOnKind(Violation violation, FileProblems problems) {
        return violation.path().startsWith("identity.") && problems.touches("identity.kind");
    }

    private static Reading notJson(JsonProcessingException e) {
        JsonLocation at = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
        String line = String.valueOf(at.getLineNr());
        String column = String.valueOf(at.getColumnNr());
        // Jackson has no exception of its own for this; the words are those of its DupDetector.
        Matcher twice = TWICE.matcher(e.getOriginalMessage());
        if (twice.lookingAt()) {
            return refused("", Text.of("setup.file.twice", line, column, twice.group(1)));
        }
        Optional<Text> expected = EXPECTED.entrySet().stream()
                .filter(words -> words.getKey().matcher(e.getOriginalMessage()).find())
                .map(words -> Text.of("setup.file.expected." + words.getValue()))
                .findFirst();
        return refused(
                "",
                expected.map(what -> Text.of("setup.file.notJsonBut", line, column, what))
                        .orElseGet(() -> Text.of("setup.file.notJson", line, column)));
    }

    private static Reading refused(String path, Text rule) {
        return new Refused(List.of(new Violation(path, "", rule)));
    }
}
