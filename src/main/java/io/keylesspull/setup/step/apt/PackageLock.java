package io.keylesspull.setup.step.apt;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * apt or dpkg did nothing, because another process holds one of their locks. apt itself waits for the frontend lock and
 * for dpkg's database alone, not for the package lists and not for the archives (seen with apt 2.6.1).
 *
 * @param holder as apt names it, such as {@code 1234 (unattended-upgr)}, or only its number; empty if apt does not name
 *     it
 */
record PackageLock(Optional<String> holder) {

    /** Worded by apt 2.6.1 and dpkg 1.21.22, and by apt before 1.9.11, which does not name who holds the lock. */
    private static final List<Pattern> REFUSALS = List.of(
            Pattern.compile("Could not get lock \\S+\\. It is held by process (?<holder>\\d+(?: \\([^)\\n]*\\))?)"),
            Pattern.compile("dpkg: error: .*locked by another process with pid (?<holder>\\d+)"),
            Pattern.compile("(?<holder>)Could not get lock \\S+ - open \\(11:"),
            Pattern.compile("(?<holder>)Unable to (?:acquire the dpkg frontend lock|lock the administration directory)"
                    + " .*is another process using it"),
            Pattern.compile("(?<holder>)dpkg: error: .*locked by another process"));

    /** @param result of a command of apt or dpkg whose messages are in English */
    static Optional<PackageLock> in(CommandResult result) {
        if (result.ok()) {
            return Optional.empty();
        }
        for (Pattern refusal : REFUSALS) {
            Matcher matcher = refusal.matcher(result.stderr());
            if (matcher.find()) {
                return Optional.of(
                        new PackageLock(Optional.of(matcher.group("holder")).filter(h -> !h.isEmpty())));
            }
        }
        return Optional.empty();
    }

    /** @param waited the total wait */
    NotYet notYet(String machine, Duration waited, String details) {
        Text reason = holder.map(process -> Text.of("setup.packages.lockedBy", process))
                .orElseGet(() -> Text.of("setup.packages.locked"));
        return new NotYet(
                reason,
                new Problem(
                        Text.of("setup.packages.stillLocked.what", machine, waited.toMinutes()),
                        Text.of("setup.packages.stillLocked.meaning"),
                        Text.of("setup.packages.stillLocked.remedy"),
                        details));
    }
}
