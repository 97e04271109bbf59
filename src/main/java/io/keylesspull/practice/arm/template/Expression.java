package io.keylesspull.practice.arm.template;

import java.util.List;

/** What stands in a string of a template between "[" and "]". */
sealed interface Expression {

    record Text(String value) implements Expression {}

    record Number(long value) implements Expression {}

    /** @param name as written; names have no case */
    record Call(String name, List<Expression> arguments) implements Expression {}

    /** {@code of.name} or {@code of[index]}. */
    record Member(Expression of, Expression key) implements Expression {}
}
