package io.keylesspull.setup.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What new machines do when they start for the first time. @param byMachine by what the setup calls them */
record Boots(Map<String, Boot> byMachine) {

    /** A value that only Azure knows, in a text for a machine. */
    enum Variable {
        LOGIN_SERVER("loginServer"),
        /** Of the identity that machines share. */
        IDENTITY_ID("identityId"),
        CLIENT_ID("clientId");

        private final String shellName;

        Variable(String shellName) {
            this.shellName = shellName;
        }

        /** In the script, and in a machine's. */
        String shellName() {
            return shellName;
        }
    }

    /** A text with values in it. @param pieces each a text or a {@link Variable} */
    record Boot(List<Object> pieces) {

        /** @param values what stands for a variable */
        List<Value> with(Function<Variable, Value> values) {
            List<Value> parts = new ArrayList<>();
            for (Object piece : pieces) {
                parts.add(piece instanceof Variable variable ? values.apply(variable) : Value.of((String) piece));
            }
            return parts;
        }
    }

    Boots {
        byMachine = Map.copyOf(byMachine);
    }

    Optional<Boot> of(String machine) {
        return Optional.ofNullable(byMachine.get(machine));
    }
}
