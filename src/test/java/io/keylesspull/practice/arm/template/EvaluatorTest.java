package io.keylesspull.practice.arm.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.keylesspull.practice.arm.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {

    private static final String GROUP = "/subscriptions/s/resourceGroups/g";

    private final Surroundings around = new Surroundings() {

        @Override
        public JsonNode parameter(String name) {
            return switch (name) {
                case "text" -> TextNode.valueOf("value");
                case "object" -> json("{'Name':'n','list':[{'id':1},{'id':2}]}");
                default -> throw new TemplateError("no parameter " + name);
            };
        }

        @Override
        public JsonNode variable(String name) {
            return TextNode.valueOf("variable " + name);
        }

        @Override
        public JsonNode resourceGroup() {
            return json("{'id':'" + GROUP + "','name':'g','location':'japaneast'}");
        }

        @Override
        public JsonNode subscription() {
            return json("{'subscriptionId':'s'}");
        }

        @Override
        public JsonNode deployment() {
            return json("{'name':'d'}");
        }

        @Override
        public JsonNode reference(String nameOrId, String apiVersion, boolean full) {
            throw new NotYet();
        }

        @Override
        public int copyIndex(String loop) {
            throw new TemplateError("no loop");
        }
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "literal | literal",
                "[[literal] | [literal]",
                "[not closed | [not closed",
                "['it''s'] | it's",
                "[concat('a', ' b ', 1)] | a b 1",
                "[format('{0}-{1:D3}{{}}', 'n', 7)] | n-007{}",
                "[ toLower ( 'AbC' ) ] | abc",
                "[parameters('text')] | value",
                "[variables('x')] | variable x",
                "[parameters('object').name] | n",
                "[parameters('object').list[1].id] | 2",
                "[parameters('object')['list'][0].id] | 1",
                "[resourceGroup().location] | japaneast",
                "[deployment().name] | d",
                "[base64('hello')] | aGVsbG8=",
                "[substring('abcdef', 1, 3)] | bcd",
                "[replace('a.b.c', '.', '-')] | a-b-c",
                "[take('abc', 2)] | ab",
                "[split('a,b', ',')[1]] | b",
                "[length(createArray(1, 2, 3))] | 3",
                "[string(createObject('a', 1))] | {\"a\":1}",
                "[int('42')] | 42",
                "[if(equals(1, 1), 'yes', parameters('unknown'))] | yes",
                "[and(not(equals('a', 'b')), or(false(), true()))] | true",
                "[json('{\"a\":{\"b\":[5]}}').a.b[0]] | 5",
                "[resourceId('Microsoft.N/a', 'x')] | /subscriptions/s/resourceGroups/g/providers/Microsoft.N/a/x",
                "[resourceId('h', 'N/a/b', 'x', 'y')] | /subscriptions/s/resourceGroups/h/providers/N/a/x/b/y",
                "[resourceId('t', 'h', 'N/a', 'x')] | /subscriptions/t/resourceGroups/h/providers/N/a/x",
                "[subscriptionResourceId('N/a', 'x')] | /subscriptions/s/providers/N/a/x",
                "[extensionResourceId('/scope', 'N/a', 'x')] | /scope/providers/N/a/x",
                // The name-based UUID of "a-b-c" by another implementation of RFC 4122.
                "[guid('a', 'b', 'c')] | a98fa280-e03f-5afa-8d8e-92d0a9c201e8"
            })
    void expressionsHaveTheValuesThatAzureGivesThem(String text, String value) {
        assertThat(evaluated(text).asText()).isEqualTo(value);
    }

    @Test
    void aUniqueStringIsAlwaysTheSameForTheSameInput() {
        assertThat(evaluated("[uniqueString('a', 'b')]").asText())
                .matches("[a-z2-7]{13}")
                .isEqualTo(evaluated("[uniqueString('a', 'b')]").asText())
                .isNotEqualTo(evaluated("[uniqueString('a', 'c')]").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[nowhere()] | The template function 'nowhere' is not valid",
                "[concat('a'] | The language expression 'concat('a'' is not valid",
                "[concat('a] | the string literal is not terminated",
                "[resourceGroup().size] | property 'size' doesn't exist, available properties are 'id, name, location'",
                "[createArray(1)[3]] | array index '3' is out of bounds",
                "[resourceId('N/a/b', 'x')] | the type 'N/a/b' requires '2' resource name argument(s)",
                "[int('x')] | cannot be converted to an integer"
            })
    void expressionsThatHaveNoValueAreRefused(String text, String why) {
        assertThatThrownBy(() -> evaluated(text))
                .isInstanceOf(TemplateError.class)
                .hasMessageContaining(why);
    }

    @Test
    void aCopyOfPropertiesRepeatsItsInput() {
        JsonNode copied = new Evaluator(around, false)
                .evaluate(json("{'copy':[{'name':'rules','count':'[add(1, 1)]',"
                        + "'input':{'name':'[concat(''r'', copyIndex(''rules'', 1))]'}}]}"));

        assertThat(copied).isEqualTo(json("{'rules':[{'name':'r1'},{'name':'r2'}]}"));
    }

    @Test
    void whatOnlyADeploymentCanTellStaysAnExpressionBeforehand() {
        JsonNode known = new Evaluator(around, true)
                .evaluate(json("{'a':'[concat(''x'', reference(''n'').id)]','b':'[concat(''x'')]'}"));

        assertThat(known.path("a").isPojo()).isTrue();
        assertThat(known.path("a").asText()).isEqualTo("[concat('x', reference('n').id)]");
        assertThat(known.path("b").asText()).isEqualTo("x");
        assertThat(new Evaluator(around, true).references(json("{'a':['[reference(''n'').x]'],'b':'[guid(''c'')]'}")))
                .containsExactly("n");
    }

    private JsonNode evaluated(String text) {
        return new Evaluator(around, false).evaluate(TextNode.valueOf(text));
    }

    /** @param text with single quotes; two of them stand for one in an expression */
    private static JsonNode json(String text) {
        try {
            return Json.parse(text.replace("''", "\0")
                    .replace('\'', '"')
                    .replace('\0', '\'')
                    .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
