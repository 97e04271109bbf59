package io.keylesspull.setup.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A kind of value in a setup file: how it is read and how it is written. Reading always gives a value, right or not.
 */
sealed interface FileValue<V>
        permits FileValue.Words,
                FileValue.Flag,
                FileValue.Version,
                FileValue.Whole,
                FileValue.Choice,
                FileValue.Items,
                FileObject {

    V read(JsonNode node, String path, FileProblems problems);

    JsonNode write(V value);

    /** What stands in for a value that is missing or could not be read. */
    V standIn();

    /** The JSON type, by its name in JSON Schema. */
    String type();

    private static Text wrongType(String type) {
        return Text.of("setup.file.type", Text.of("setup.file.type." + type));
    }

    /** Any string. */
    record Words() implements FileValue<String> {
        @Override
        public String read(JsonNode node, String path, FileProblems problems) {
            if (!node.isTextual()) {
                problems.unreadable(path, FileProblems.asWritten(node), wrongType(type()));
                return standIn();
            }
            return node.textValue();
        }

        @Override
        public JsonNode write(String value) {
            return TextNode.valueOf(value);
        }

        @Override
        public String standIn() {
            return "";
        }

        @Override
        public String type() {
            return "string";
        }
    }

    /** True or false. */
    record Flag() implements FileValue<Boolean> {
        @Override
        public Boolean read(JsonNode node, String path, FileProblems problems) {
            if (!node.isBoolean()) {
                problems.unreadable(path, FileProblems.asWritten(node), wrongType(type()));
                return standIn();
            }
            return node.booleanValue();
        }

        @Override
        public JsonNode write(Boolean value) {
            return BooleanNode.valueOf(value);
        }

        @Override
        public Boolean standIn() {
            return true;
        }

        @Override
        public String type() {
            return "boolean";
        }
    }

    /** The one version of the format there is. */
    record Version(int only) implements FileValue<Integer> {
        @Override
        public Integer read(JsonNode node, String path, FileProblems problems) {
            if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() != only) {
                problems.unreadable(
                        path, FileProblems.asWritten(node), Text.of("setup.file.version", String.valueOf(only)));
            }
            return only;
        }

        @Override
        public JsonNode write(Integer value) {
            return IntNode.valueOf(value);
        }

        @Override
        public Integer standIn() {
            return only;
        }

        @Override
        public String type() {
            return "integer";
        }
    }

    /** A whole number. @param standIn within its bounds @param rule what is said of any other value */
    record Whole(int lowest, int highest, Integer standIn, Text rule) implements FileValue<Integer> {

        /** The number of a TCP port. */
        static Whole port() {
            return new Whole(1, 65535, SetupRequest.Ssh.DEFAULT_PORT, Text.of("setup.file.port"));
        }

        @Override
        public Integer read(JsonNode node, String path, FileProblems problems) {
            if (!node.isIntegralNumber()
                    || !node.canConvertToInt()
                    || node.intValue() < lowest
                    || node.intValue() > highest) {
                problems.unreadable(path, FileProblems.asWritten(node), rule);
                return standIn;
            }
            return node.intValue();
        }

        @Override
        public JsonNode write(Integer value) {
            return IntNode.valueOf(value);
        }

        @Override
        public String type() {
            return "integer";
        }
    }

    /** One of a few words, each of which means something. @param words in the order in which to name them */
    record Choice<V>(Map<String, V> words) implements FileValue<V> {
        @Override
        public V read(JsonNode node, String path, FileProblems problems) {
            if (!node.isTextual()) {
                problems.unreadable(path, FileProblems.asWritten(node), wrongType(type()));
                return standIn();
            }
            V meant = words.get(node.textValue());
            if (meant == null) {
                problems.unreadable(path, FileProblems.shown(node), rule(node.textValue()));
                return standIn();
            }
            return meant;
        }

        private Text rule(String written) {
            String all = String.join(", ", words.keySet());
            return Nearest.of(written, words.keySet())
                    .map(near -> Text.of("setup.file.choice", all, near))
                    .orElseGet(() -> Text.of("setup.file.choiceOnly", all));
        }

        @Override
        public JsonNode write(V value) {
            return words.entrySet().stream()
                    .filter(word -> word.getValue().equals(value))
                    .findFirst()
                    .map(word -> TextNode.valueOf(word.getKey()))
                    .orElseThrow();
        }

        @Override
        public V standIn() {
            return words.values().iterator().next();
        }

        @Override
        public String type() {
            return "string";
        }
    }

    /**
     * A list.
     *
     * @param most how many it may hold; of a longer one so many are read
     * @param tooMany what is said of a longer one, beside what is wrong in those that are read
     */
    record Items<V>(FileValue<V> each, int most, Text tooMany) implements FileValue<List<V>> {
        @Override
        public List<V> read(JsonNode node, String path, FileProblems problems) {
            if (!node.isArray()) {
                problems.unreadable(path, FileProblems.asWritten(node), wrongType(type()));
                return standIn();
            }
            if (node.size() > most) {
                problems.besides(path, String.valueOf(node.size()), tooMany);
            }
            List<V> values = new ArrayList<>();
            for (int i = 0; i < Math.min(node.size(), most); i++) {
                values.add(each.read(node.get(i), path + "[" + i + "]", problems));
            }
            return values;
        }

        @Override
        public JsonNode write(List<V> values) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            values.forEach(value -> array.add(each.write(value)));
            return array;
        }

        @Override
        public List<V> standIn() {
            return List.of();
        }

        @Override
        public String type() {
            return "array";
        }
    }
}
