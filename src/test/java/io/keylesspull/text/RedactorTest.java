package io.keylesspull.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJhY3IifQ.c2lnbmF0dXJl";
    private static final String PRIVATE_KEY =
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\nAAAA\n-----END OPENSSH PRIVATE KEY-----";
    private final Redactor redactor = new Redactor(List.of("hunter22", "hunter22-long", "a b", "secret\nlines"));

    static List<String> textsWithSecrets() {
        return SecretTexts.all();
    }

    @Test
    void secretsAndWhatLooksLikeOneAreMasked() {
        assertThat(redactor.mask("x hunter22 y")).isEqualTo("x *** y");
        assertThat(redactor.mask("hunter22-long hunter22-lo")).isEqualTo("*** ***-lo");
        assertThat(redactor.mask("secret\nlines")).isEqualTo("***");
        assertThat(redactor.mask("{\"token\":\"" + TOKEN + "\"}")).isEqualTo("{\"token\":\"***\"}");
        assertThat(redactor.mask("a\n" + PRIVATE_KEY + "\nb")).isEqualTo("a\n***\nb");
        assertThat(redactor.mask("cut off: -----BEGIN RSA PRIVATE KEY-----\nMIIE"))
                .isEqualTo("cut off: ***");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "access_token=abc&x=1 | access_token=***&x=1",
                "`{\"refresh_token\": \"0.AbC-dEf\", \"x\": 1}` | `{\"refresh_token\": \"***\", \"x\": 1}`",
                "`{\"osProfile\":{\"customData\":\"I2Nsb3Vk\",\"a\":1}}` | `{\"osProfile\":{\"customData\":\"***\","
                        + "\"a\":1}}`",
                "`\"a\\\"password\\\":\\\"x\\\\\\\"y z\\\" b\"` | `\"a\\\"password\\\":\\\"***\\\" b\"`",
                "`{'client_secret': 'a b'}` | `{'client_secret': '***'}`",
                "clientSecret = abc; | clientSecret = ***",
                "az login --username u --password p,a}ss --tenant t | az login --username u --password *** --tenant t",
                "Authorization: Bearer abc | Authorization: Bearer ***",
                "`-H \"Authorization: Basic dXNlcjpwYXNz\" -v` | `-H \"Authorization: Basic ***\" -v`",
                "bearer abcdefghij.klmnopqrstuvw done | bearer *** done",
                "https://x.blob.core.windows.net/c?sig=a%2Fb%3D&sp=r | https://x.blob.core.windows.net/c?sig=***&sp=r",
                "http_proxy=http://me:pass@proxy:3128/ | http_proxy=http://me:***@proxy:3128/",
                "`{\"auths\":{\"r\":{\"auth\":\"MDAwMDAw\"}}}` | `{\"auths\":{\"r\":{\"auth\":\"***\"}}}`",
                "AccountName=a;AccountKey=Zm9v== b | AccountName=a;AccountKey=*** b",
                "cookie: eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..iv.text.tag | cookie: ***"
            })
    void aValueIsKnownByItsNameOrItsShape(String text, String masked) {
        assertThat(Redactor.shapesOnly().mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "-----BEGIN CERTIFICATE-----\nMIIE\n",
                "eyJ is how they begin, key",
                "disablePasswordAuthentication\":true",
                "Password: \nnext",
                "docker login --password-stdin",
                "no password anywhere",
                "[=====>     ]  12MB/45MB",
                "https://host:8080/path",
                "ssh://user@host:22/",
                "Bearer realm=\"https://r.azurecr.io/oauth2/token\"",
                "InvalidAuthenticationToken: gone",
                "design=1&config=2",
                "WARNING! Your password will be stored unencrypted in /root/.docker/config.json.",
                "sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1",
                "\"password\":\"\"",
                "auth: none"
            })
    void whatIsNoSecretIsLeftAlone(String text) {
        assertThat(Redactor.shapesOnly().mask(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("textsWithSecrets")
    void splitInTwoAnywhereATextIsMaskedAsAWhole(String text) {
        Redactor known = new Redactor(List.of(SecretTexts.KNOWN));
        String expected = known.mask(text);
        assertThat(expected).doesNotContain(SecretTexts.CORE).contains(Redactor.MASK);
        assertThat(known.mask(expected)).isEqualTo(expected);
        for (int split = 0; split <= text.length(); split++) {
            RedactedStream stream = known.stream();
            String first = stream.accept(text.substring(0, split)).text();
            assertThat(first + stream.accept(text.substring(split)) + stream.end())
                    .isEqualTo(expected);
            assertThat(expected).startsWith(first);
        }
    }

    @Test
    void splitInManyPiecesATextIsMaskedAsAWhole() {
        String text = "start hunter22 " + TOKEN + "\n" + PRIVATE_KEY + "\nhunter22-long hunter2 " + TOKEN + ","
                + "secret\nlines -----BEGIN PUBLIC KEY-----\nAA\n" + PRIVATE_KEY + " the key eyJ hunter22"
                + String.join("\n", SecretTexts.all());
        String expected = redactor.mask(text);
        assertThat(expected).doesNotContain("hunter22", "eyJh", "b3Blb").contains("BEGIN PUBLIC KEY");
        Random random = new Random(5);
        for (int round = 0; round < 1000; round++) {
            RedactedStream stream = redactor.stream();
            StringBuilder shown = new StringBuilder();
            for (int at = 0; at < text.length(); ) {
                int next = Math.min(text.length(), at + 1 + random.nextInt(round % 40 + 1));
                shown.append(stream.accept(text.substring(at, next)));
                at = next;
            }
            assertThat(shown.append(stream.end()).toString()).isEqualTo(expected);
        }
    }

    static List<Redactor> withAndWithoutKnownSecrets() {
        return List.of(
                new Redactor(List.of("hunter22", "hunter22-long", "a b", "secret\nlines")), Redactor.shapesOnly());
    }

    /** What is plain is passed over in runs, by other code than what is looked at one character after the other. */
    @ParameterizedTest
    @MethodSource("withAndWithoutKnownSecrets")
    void inRunsOrCharacterByCharacterATextIsMaskedTheSame(Redactor redactor) {
        List<String> parts = List.of(
                "password",
                "--password",
                "auth",
                "sig",
                "Authorization: Bearer ",
                "basic ",
                "er ",
                "ey",
                "eyJhbGciOiJ",
                "abcdefghij",
                "-",
                "-----BEGIN ",
                "RSA PRIVATE KEY-----",
                "PuTTY-User-Key-File-",
                "://",
                "me:pass@host",
                "=",
                ":",
                " ",
                "\n",
                "\"",
                "'",
                "\\",
                "&",
                "hunter22",
                "hunt",
                "word",
                "be",
                "client-secret",
                "customData",
                "\u00e9",
                "secret",
                "the-end ",
                "x".repeat(40),
                "--",
                "\t",
                "idtoken",
                "docker ",
                "music ",
                "Get",
                "bearer ",
                "--x-account-key ",
                "x--password ",
                "y".repeat(300));
        Random random = new Random(11);
        for (int round = 0; round < 5000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i >= 0; i--) {
                text.append(parts.get(random.nextInt(parts.size())));
            }
            RedactedStream stream = redactor.stream();
            StringBuilder shown = new StringBuilder();
            text.chars().forEach(c -> shown.append(stream.accept(String.valueOf((char) c))));
            assertThat(redactor.mask(text.toString()))
                    .as(text.toString())
                    .isEqualTo(shown.append(stream.end()).toString());
        }
    }

    @Test
    void ordinaryOutputIsNotHeldBack() {
        RedactedStream stream = redactor.stream();
        assertThat(stream.accept("Reading package lists... 45%\r").text()).isEqualTo("Reading package lists... 45%\r");
        assertThat(stream.accept("Pulling hunt").text()).isEqualTo("Pulling ");
        assertThat(stream.accept("ing\n").text()).isEqualTo("hunting\n");
        assertThat(stream.accept("the password: ").text()).isEqualTo("the password: ");
    }

    @Test
    void aKnownSecretIsHiddenWhereverItBeginsAndWhateverItReachesOver() {
        Redactor known = new Redactor(List.of("abc def", "def ghi"));
        assertThat(known.mask("password=xabc def; y")).isEqualTo("password=***; y");
        assertThat(known.mask("1 abc def ghi 2")).isEqualTo("1 *** 2");
        assertThat(known.mask("{\"password\":\"abc def\"}")).isEqualTo("{\"password\":\"***\"}");
    }

    @Test
    void aTokenWithoutEndIsMaskedInBoundedMemory() {
        RedactedStream stream = redactor.stream();
        StringBuilder shown = new StringBuilder(stream.accept("t=eyJ").text());
        for (int i = 0; i < 100; i++) {
            shown.append(stream.accept("abcdefghij".repeat(100)));
        }
        shown.append(stream.accept("zz and on")).append(stream.end());
        assertThat(shown.toString()).isEqualTo("t=*** and on");
    }

    @Test
    void aKeyWithoutEndDoesNotHideTheRestForEver() {
        RedactedStream stream = redactor.stream();
        StringBuilder shown =
                new StringBuilder(stream.accept("-----BEGIN PRIVATE KEY-----\n").text());
        for (int i = 0; i < 30; i++) {
            shown.append(stream.accept("line of a log\n".repeat(100)));
        }
        assertThat(shown.append(stream.end()).toString()).startsWith("***").endsWith("line of a log\n");
    }

    @Test
    void customDataOfTheGreatestLengthIsHiddenToItsEnd() {
        String text = "{\"customData\":\"" + "Zm9v".repeat(87_384 / 4) + "\",\"x\":1}";
        assertThat(redactor.mask(text)).isEqualTo("{\"customData\":\"***\",\"x\":1}");
    }
}
