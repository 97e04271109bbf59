package io.keylesspull.app.cli;

import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The help, the version and the messages about wrong options, in the reader's language. */
final class Usage {

    private final Texts texts;

    Usage(Texts texts) {
        this.texts = texts;
    }

    /** @return as for {@code --help} */
    String help(CommandLine commandLine) {
        commandLine.setResourceBundle(new Descriptions());
        commandLine
                .getCommandSpec()
                .usageMessage()
                .synopsisHeading(text("app.usage.heading") + " ")
                .description(text("app.help.about"))
                .footer(text("app.help.ssh"), text("app.help.exit"));
        return commandLine.getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    /** How a session on a machine is opened. */
    String ssh() {
        return text("app.ssh.usage");
    }

    String version() {
        return "Keyless Pull "
                + Optional.ofNullable(Usage.class.getPackage().getImplementationVersion())
                        .orElseGet(() -> text("app.version.unpacked"));
    }

    /** @return what is wrong with the command line, and which option shows the help */
    String misuse(ParameterException misuse) {
        return text("app.usage.misused", what(misuse));
    }

    /** @return that an option has no effect, and why */
    String idle(CommandLineOptions.Idle idle) {
        return text("app.usage.misused", Text.of("app." + idle.because(), idle.option(), idle.other()));
    }

    /** @return that a word is neither an option nor a file to open */
    String unmatched(String word) {
        return text("app.usage.misused", Text.of("app.usage.unmatched", word));
    }

    /** @return that an option was given a blank text in the place of a run */
    String blankRun(String option) {
        return text("app.usage.misused", Text.of("app.usage.blankRun", option));
    }

    /** @return that an option was given a blank text as its value */
    String blankValue(String option) {
        return text("app.usage.misused", Text.of("app.usage.blank", option));
    }

    private Text what(ParameterException misuse) {
        if (misuse instanceof UnmatchedArgumentException unmatched) {
            return Text.of("app.usage.unmatched", String.join(" ", unmatched.getUnmatched()));
        }
        if (misuse instanceof MutuallyExclusiveArgsException) {
            return Text.of("app.usage.exclusive");
        }
        if (misuse instanceof MissingParameterException missing) {
            return Text.of(
                    "app.usage.missing",
                    missing.getMissing().stream()
                            .map(argument -> argument instanceof OptionSpec option
                                    ? option.longestName()
                                    : argument.paramLabel())
                            .collect(Collectors.joining(", ")));
        }
        if (misuse.getArgSpec() instanceof OptionSpec option && misuse.getValue() != null) {
            if (option.type().equals(Path.class)) {
                return Text.of("app.notAPath", misuse.getValue());
            }
            if (option.type().equals(Integer.class)) {
                return Text.of("app.usage.port", option.longestName(), misuse.getValue());
            }
            return Text.of("app.usage.value", option.longestName(), misuse.getValue(), option.paramLabel());
        }
        return Text.of("app.usage.other", String.valueOf(misuse.getMessage()));
    }

    private String text(String key, Object... arguments) {
        return texts.render(Text.of(key, arguments));
    }

    /** The texts for picocli's description keys, from the bundle of {@code app}. */
    private final class Descriptions extends ResourceBundle {

        @Override
        protected @Nullable Object handleGetObject(String key) {
            return key.startsWith("option.") ? text("app." + key) : null;
        }

        @Override
        public Enumeration<String> getKeys() {
            return Collections.enumeration(Texts.keys("app").stream()
                    .filter(key -> key.startsWith("option."))
                    .toList());
        }
    }
}
