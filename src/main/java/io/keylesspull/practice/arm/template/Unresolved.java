package io.keylesspull.practice.arm.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;

/** A value that is not known yet: the text of its expression stands for it. */
public final class Unresolved {

    private Unresolved() {}

    static JsonNode of(String expression) {
        return new POJONode(expression);
    }

    /** Whether a node is one, or has one in it. */
    public static boolean isIn(JsonNode node) {
        if (node.isPojo()) {
            return true;
        }
        for (JsonNode child : node) {
            if (isIn(child)) {
                return true;
            }
        }
        return false;
    }

    /** The node. @throws NotYet if it is one, or has one in it */
    static JsonNode known(JsonNode node) {
        if (isIn(node)) {
            throw new NotYet();
        }
        return node;
    }
}
