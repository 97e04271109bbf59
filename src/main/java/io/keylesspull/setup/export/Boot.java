package io.keylesspull.setup.export;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a new machine does when it starts for the first time, as a file for cloud-init.
 *
 * @param pieces each a text or a {@link Variable}
 */
public record Boot(List<Object> pieces) {

    /** A value that only Azure knows. */
    public enum Variable {
        LOGIN_SERVER("loginServer"),
        /** Of the identity that machines share. */
        IDENTITY_ID("identityId"),
        CLIENT_ID("clientId");

        private final String shellName;

        Variable(String shellName) {
            this.shellName = shellName;
        }

        /** What scripts call it. */
        String shellName() {
            return shellName;
        }
    }

    public Boot {
        pieces = List.copyOf(pieces);
    }

    /** @param values what stands for a variable */
    List<Value> with(Function<Variable, Value> values) {
        List<Value> parts = new ArrayList<>();
        for (Object piece : pieces) {
            parts.add(piece instanceof Variable variable ? values.apply(variable) : Value.of((String) piece));
        }
        return parts;
    }
}
