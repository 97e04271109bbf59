package io.keylesspull.practice.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.practice.clock.Pace;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that are files of a practice machine. The same lines were given to dash 0.5.12 and GNU sed 4.9. */
@Timeout(60)
class ScriptsTest {

    /** In the shape a credential helper has. */
    private static final String HELPER = """
            #!/bin/sh
            # Asks the machine's identity for a registry token.
            set -eu
            resource='https%%3A%%2F%%2Fmanagement.azure.com%%2F'
            field() { sed -n 's/.*"'"$1"'" *: *"\\([^"]*\\)".*/\\1/p'; }
            fail() {
                echo "$1"
                exit 1
            }
            case "${1:-}" in
                get) ;;
                store|erase) cat > /dev/null; exit 0 ;;
                *) fail "usage: $0 get" ;;
            esac
            read -r server || [ -n "$server" ]
            server=${server#https://}
            server=${server%%%%/*}
            answer=$(curl -sS -f -H Metadata:true \\
                "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=$resource") \\
                || fail "credentials not found in native keychain"
            access=$(printf '%%s' "$answer" | field access_token)
            refresh=$(printf '%%s' "$access" | curl -s -f --data grant_type=access_token \\
                --data-urlencode "service=$server" --data-urlencode access_token@- \\
                "https://$server/oauth2/exchange" | field refresh_token)
            if [ -z "$refresh" ]; then
                fail "credentials not found in native keychain"
            fi
            printf '{"ServerURL":"%%s","Username":"%s","Secret":"%%s"}\\n' "$server" "$refresh"
            """;

    private static final String IMAGE = Rig.REGISTRY + "/aci-helloworld:v1";

    private final Rig rig = new Rig(Pace.INSTANT, "ubuntu-24.04", Set.of("docker.io"));

    @AfterEach
    void close() {
        rig.close();
    }

    private static Ssh.Result ok(Ssh ssh, String command, String stdin) throws Exception {
        Ssh.Result result = ssh.run(command, stdin);
        assertThat(result.status()).as(command + "\n" + result.err()).isZero();
        return result;
    }

    private static void install(Ssh ssh, String path, String script) throws Exception {
        ok(ssh, "sudo tee " + path + " > /dev/null", script);
        ok(ssh, "sudo chmod 0755 " + path, "");
    }

    private String script(String body, String arguments, String stdin) throws Exception {
        Ssh ssh = rig.ssh();
        install(ssh, "/usr/local/bin/job", "#!/bin/sh\n" + body);
        Ssh.Result result = ssh.run("job " + arguments, stdin);
        return result.out() + result.err() + result.status();
    }

    @Test
    void wordsAfterAShellsScriptAreItsNameAndItsArguments() throws Exception {
        Ssh ssh = rig.ssh();
        assertThat(ok(ssh, "sudo sh -c 'cat > \"$1\"' sh /etc/some", "text\n").out())
                .isEmpty();
        assertThat(ok(ssh, "cat /etc/some", "").out()).isEqualTo("text\n");
        assertThat(ok(ssh, "sh -c 'echo $0 $#' name a b", "").out()).isEqualTo("name 2\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<token>", "00000000-0000-0000-0000-000000000000"})
    void aCredentialHelperLetsDockerPullAsTheIdentity(String user) throws Exception {
        rig.attachIdentity();
        rig.allow("pull/read", "push/write");
        Ssh ssh = rig.ssh();
        ok(ssh, "sudo mkdir -p /root/.docker", "");
        ok(ssh, "sudo tee /root/.docker/config.json", "{\"credHelpers\":{\"" + Rig.REGISTRY + "\":\"acr-identity\"}}");
        assertThat(ssh.run("sudo docker pull " + IMAGE).err()).contains("401 Unauthorized");
        install(ssh, "/usr/local/bin/docker-credential-acr-identity", HELPER.formatted(user));
        assertThat(ok(ssh, "sudo docker pull " + IMAGE, "").out()).contains("Status: Downloaded newer image");
        ok(ssh, "sudo docker tag " + IMAGE + " " + Rig.REGISTRY + "/copy:v2", "");
        ok(ssh, "sudo docker push " + Rig.REGISTRY + "/copy:v2", "");
        assertThat(rig.requests)
                .contains(
                        "GET 169.254.169.254/metadata/identity/oauth2/token",
                        "POST " + Rig.REGISTRY + "/oauth2/exchange");
        ok(ssh, "sudo docker logout " + Rig.REGISTRY, "");
        assertThat(ok(ssh, "sudo cat /root/.docker/config.json", "").out()).contains("acr-identity");
        ok(ssh, "sudo rm -f /usr/local/bin/docker-credential-acr-identity", "");
        assertThat(ssh.run("sudo docker pull " + IMAGE).err()).contains("401 Unauthorized");
    }

    @Test
    void aHelperWithoutAnIdentitySaysThatItHasNothing() throws Exception {
        Ssh ssh = rig.ssh();
        install(ssh, "/usr/local/bin/docker-credential-x", HELPER.formatted("<token>"));
        Ssh.Result nothing = ssh.run("printf %s " + Rig.REGISTRY + " | docker-credential-x get");
        assertThat(nothing.status()).isEqualTo(1);
        assertThat(nothing.out()).isEqualTo("credentials not found in native keychain\n");
        assertThat(ssh.run("docker-credential-x list").out())
                .isEqualTo("usage: /usr/local/bin/docker-credential-x get\n");
        assertThat(ok(ssh, "docker-credential-x store", "{}").out()).isEmpty();
    }

    @Test
    void whatAHelperWillNotKeepIsNoLogin() throws Exception {
        rig.attachIdentity();
        rig.allow("pull/read");
        Ssh ssh = rig.ssh();
        install(ssh, "/usr/local/bin/docker-credential-no", "#!/bin/sh\necho 'not kept here'\nexit 1\n");
        ok(ssh, "sudo mkdir -p /root/.docker", "");
        ok(ssh, "sudo tee /root/.docker/config.json", "{\"credHelpers\":{\"" + Rig.REGISTRY + "\":\"no\"}}");
        ok(ssh, "sudo apt-get install -y curl", "");
        install(
                ssh,
                "/usr/local/bin/give",
                HELPER.formatted("<token>").replace("printf '{", "printf '%s' \"$refresh\"" + "; exit 0; printf '{"));
        String token = ok(ssh, "give get", Rig.REGISTRY).out();
        Ssh.Result refused = ssh.run(
                "sudo docker login " + Rig.REGISTRY + " -u 00000000-0000-0000-0000-000000000000 --password-stdin",
                token);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .isEqualTo("Error saving credentials: error storing credentials - err: exit status 1,"
                        + " out: `not kept here`\n");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "~~", quoteCharacter = '`', textBlock = """
            if false; then echo a; elif test -d /tmp; then echo b; else echo c; fi ~~ ` b`
            case $1 in a*|b) echo first;; "x y") echo second;; *) echo last;; esac ~~ ` second`
            case abc in (a?c) echo glob;; esac ~~ ` glob`
            for w in one "two three"; do echo "[$w]"; done ~~ ` [one] [two three]`
            for w; do echo "[$w]"; done ~~ ` [x y] [z]`
            f() { echo "f:$1:$#"; return 3; }; f q || echo $?; echo $1 ~~ ` f:q:1 3 x y`
            x=$(echo a b); echo "$x"; y=$(false) || echo failed ~~ ` a b failed`
            while read -r a b; do echo "$b-$a"; done ~~ ` two-one four-three`
            read a; read b; echo "$b/$a" ~~ ` three four/one two`
            x=/a/b.tgz.z; echo ${x##*/} ${x#*/} ${x%.*} ${x%%.*} ${y:-none} ${#x} ~~ ` b.tgz.z a/b.tgz.z /a/\
            b.tgz /a/b none 10`
            set -e; false || true; if false; then :; fi; ! true; false; echo never ~~ ``
            set -u; echo before; echo "$nothing"; echo never ~~ ` before`
            x=1; (x=2; echo $x); { x=3; }; echo $x | cat ~~ ` 2 3`
            echo "$(echo "a $(echo ')')")" ~~ ` a )`
            printf '%s=%s;' a 1 b 2; printf '\\n%s%%\\n' '%s' ~~ ` a=1;b=2; %s%`
            for i in 1 2 3; do if [ $i -eq 2 ]; then continue; fi; [ $i -gt 2 ] && break; echo $i; done ~~ ` 1`
            echo "$@" $# ; shift; echo "$*" ~~ ` x y z 2 z`
            """)
    void aScriptRunsAsInARealShell(String body, String expected) throws Exception {
        String out = script(body + "\n", "'x y' z", "one two\nthree four\n");
        String said = out.replaceAll("(?m)^/usr/local/bin/job: .*\\n", "").replaceAll("\\d$", "");
        assertThat(said.lines().map(l -> " " + l).reduce("", String::concat)).isEqualTo(expected);
    }

    @Test
    void aScriptsStatusIsThatOfItsEnd() throws Exception {
        assertThat(script("set -e\nfalse\necho never\n", "", "")).isEqualTo("1");
        assertThat(script("echo a\nexit 7\n", "", "")).isEqualTo("a\n7");
        assertThat(script("nosuch\n", "", "")).isEqualTo("/usr/local/bin/job: 2: nosuch: not found\n127");
        assertThat(script("if true; then\n", "", ""))
                .startsWith("/usr/local/bin/job: syntax error")
                .endsWith("2");
    }

    @Test
    void onlyAScriptThatMayBeRunIsRun() throws Exception {
        Ssh ssh = rig.ssh();
        ok(ssh, "sudo tee /usr/local/bin/job", "#!/bin/sh\nid -un\n");
        assertThat(ssh.run("job").status()).isEqualTo(127);
        assertThat(ssh.run("/usr/local/bin/job").status()).isEqualTo(126);
        assertThat(ok(ssh, "sh /usr/local/bin/job", "").out()).isEqualTo("azureuser\n");
        ok(ssh, "sudo chmod 0700 /usr/local/bin/job", "");
        assertThat(ssh.run("/usr/local/bin/job").status()).isEqualTo(126);
        assertThat(ok(ssh, "sudo job", "").out()).isEqualTo("root\n");
        assertThat(ok(ssh, "sudo which job", "").out()).isEqualTo("/usr/local/bin/job\n");
        ok(ssh, "sudo tee /usr/local/bin/job", "not a script\n");
        assertThat(ssh.run("sudo job").err()).contains("Exec format error");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            sed -n 's/.*"b":"\\([^"]*\\)".*/\\1/p'   | {"a":"1","b":"2"} | 2
            sed 's/a/[&]/g'                          | banana            | b[a]n[a]n[a]
            sed -E 's,(n+)/?,<\\1>,'                 | ban/ana           | ba<n>ana
            sed -e 's/a/b/' -e 's/b/c/'              | abc               | cbc
            sed 's/a+b/x/; s/(c)/y/'                 | a+b(c)            | xy
            sed -n 's/z/y/p'                         | abc               | ``
            """)
    void sedSubstitutesAsGnuSedDoes(String command, String input, String expected) throws Exception {
        assertThat(ok(rig.ssh(), command, input + "\n").out().strip()).isEqualTo(expected);
    }

    @Test
    void hereDocumentsArithmeticAndGrepAreThoseOfAShell() throws Exception {
        try (Rig rig = new Rig()) {
            Ssh ssh = rig.ssh();
            assertThat(ssh.run("x=5; say() { cat; }; say <<'END' | cat\na $x\n  'b'\nEND\necho after")
                            .out())
                    .isEqualTo("a $x\n  'b'\nafter\n");
            assertThat(ssh.run("x=5; cat <<END; cat <<-TWO\n\"$x\" $((x + 1))\nEND\n\ttabs\n\tTWO\necho z")
                            .out())
                    .isEqualTo("\"5\" 6\ntabs\nz\n");
            assertThat(ssh.run("n=0; until [ \"$n\" -ge 3 ]; do n=$((n + 1)); done; echo $((n * (2 + 4) % 4))")
                            .out())
                    .isEqualTo("2\n");
            assertThat(ssh.run("cat <<END\nno end").status()).isEqualTo(2);
            assertThat(ssh.run("printf 'a+b\\naab\\n' | grep 'a+'; printf 'aab\\n' | grep -E '^a+b$'")
                            .out())
                    .isEqualTo("a+b\naab\n");
            assertThat(ssh.run("echo one | grep -q two; echo $?; ! echo one | grep two; echo $?")
                            .out())
                    .isEqualTo("1\n0\n");
        }
    }
}
