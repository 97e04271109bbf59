package io.keylesspull.remote;

import io.keylesspull.text.Redactor;
import io.keylesspull.text.ShellQuoting;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One argv for the machine. It runs without a terminal; without {@code stdin} its standard input is closed at once.
 *
 * @param argv the program and its arguments; never empty, no element holds a NUL character
 * @param stdin its standard input, sent as UTF-8
 * @param timeout how long it may run; positive
 * @param confidential whether its input and output are for its caller only: they are never shown, and its standard
 *     output is returned without masking secrets
 */
public record Command(List<String> argv, Optional<String> stdin, Duration timeout, boolean confidential) {

    private static final String SUDO = "sudo";
    private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(10);

    public Command {
        argv = List.copyOf(argv);
        Objects.requireNonNull(stdin);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command names a program");
        }
        if (argv.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("no argument of a command can hold a NUL character");
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("a command's timeout is positive, not " + timeout);
        }
    }

    /** Without standard input, for at most 10 minutes. */
    public static Command of(String... argv) {
        return new Command(List.of(argv), Optional.empty(), USUAL_TIMEOUT, false);
    }

    /** Writes a file and prints nothing; tee would print again what a log shows as its input. */
    public static Command write(String path, String text) {
        return of("sh", "-c", "cat > \"$1\"", "sh", path).withStdin(text);
    }

    public Command withStdin(String text) {
        return new Command(argv, Optional.of(text), timeout, confidential);
    }

    public Command withTimeout(Duration duration) {
        return new Command(argv, stdin, duration, confidential);
    }

    /** The same command for a file with secrets that must be read or written unmasked. */
    public Command asConfidential() {
        return new Command(argv, stdin, timeout, true);
    }

    /** The same command with {@code sudo} before it. */
    public Command asRoot() {
        return new Command(Stream.concat(Stream.of(SUDO), argv.stream()).toList(), stdin, timeout, confidential);
    }

    /** Whether it was made by {@link #asRoot}. */
    public boolean isByRoot() {
        return argv.get(0).equals(SUDO);
    }

    /** The command that {@link #asRoot} was called of. */
    public Command withoutSudo() {
        return new Command(argv.subList(1, argv.size()), stdin, timeout, confidential);
    }

    /** A command that asks sudo whether the user may run this one without a password; sudo answers in English. */
    public Command mayBeRun() {
        return of("env", "LC_ALL=C", SUDO, "-n", "-l", argv.get(1));
    }

    /** The line that is sent, with arguments quoted for a POSIX shell if they need it. */
    public String shellLine() {
        return ShellQuoting.line(argv);
    }

    /** The line that a log shows after {@code $ }: with the input as a here-document, and with secrets masked. */
    public String shown() {
        return toString()
                + stdin.filter(input -> !confidential)
                        .map(input -> hereDocument(Redactor.shapesOnly().mask(input)))
                        .orElse("");
    }

    private static String hereDocument(String input) {
        String end = "EOF";
        while (input.lines().anyMatch(end::equals)) {
            end += "_";
        }
        return " <<'" + end + "'\n" + input + (input.isEmpty() || input.endsWith("\n") ? "" : "\n") + end;
    }

    /** Without the input, which may be secret. */
    @Override
    public String toString() {
        // Each argument first, because quoting can split a secret; then the line, because an argument can name a secret
        // that follows it.
        Redactor redactor = Redactor.shapesOnly();
        return redactor.mask(ShellQuoting.line(argv.stream().map(redactor::mask).toList()));
    }
}
