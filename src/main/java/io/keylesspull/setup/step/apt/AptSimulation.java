package io.keylesspull.setup.step.apt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What apt-get would do, as {@code --simulate} prints it in English (apt 2.6.1).
 *
 * @param added packages that come newly onto the machine
 * @param removed packages that would go
 * @param downgraded packages that would be replaced by an older version
 */
record AptSimulation(List<String> added, List<String> removed, List<String> downgraded) {

    /** A package that is only upgraded names its old version first. */
    private static final Pattern NEW = Pattern.compile("(?m)^Inst (\\S+) \\(");

    private static final Pattern GONE = Pattern.compile("(?m)^(?:Remv|Purg) (\\S+)");
    private static final String DOWNGRADED = "The following packages will be DOWNGRADED:";

    static AptSimulation parse(String printed) {
        return new AptSimulation(all(NEW, printed), all(GONE, printed), downgraded(printed));
    }

    private static List<String> all(Pattern pattern, String printed) {
        return pattern.matcher(printed).results().map(found -> found.group(1)).toList();
    }

    /** Names stand indented under their title. */
    private static List<String> downgraded(String printed) {
        List<String> names = new ArrayList<>();
        printed.lines()
                .dropWhile(line -> !line.equals(DOWNGRADED))
                .skip(1)
                .takeWhile(line -> line.startsWith("  "))
                .flatMap(line -> Stream.of(line.strip().split("\\s+")))
                .forEach(names::add);
        return List.copyOf(names);
    }

    /** What is there now and would not be any more. */
    List<String> lost() {
        return Stream.concat(removed.stream(), downgraded.stream()).toList();
    }
}
