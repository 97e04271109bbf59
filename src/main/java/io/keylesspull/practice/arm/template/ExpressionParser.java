package io.keylesspull.practice.arm.template;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads template expressions. Source: learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions.
 */
final class ExpressionParser {

    private final String text;
    private int at;

    private ExpressionParser(String text) {
        this.text = text;
    }

    /** Whether a string of a template is an expression; one that begins with "[[" stands for itself. */
    static boolean isExpression(String value) {
        return value.startsWith("[") && value.endsWith("]") && !value.startsWith("[[");
    }

    /** @param value with its brackets */
    static Expression parse(String value) {
        ExpressionParser parser = new ExpressionParser(value.substring(1, value.length() - 1));
        Expression expression = parser.expression();
        if (parser.next() != 0) {
            throw parser.invalid("unexpected character");
        }
        return expression;
    }

    private Expression expression() {
        Expression read = primary();
        while (true) {
            char next = next();
            if (next == '.') {
                at++;
                read = new Expression.Member(read, new Expression.Text(word()));
            } else if (next == '[') {
                at++;
                read = new Expression.Member(read, expression());
                expect(']');
            } else {
                return read;
            }
        }
    }

    private Expression primary() {
        char next = next();
        if (next == '\'') {
            return new Expression.Text(quoted());
        }
        if (next == '-' || Character.isDigit(next)) {
            int from = at++;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
            return new Expression.Number(Long.parseLong(text.substring(from, at)));
        }
        StringBuilder name = new StringBuilder(word());
        while (next() == '.') {
            at++;
            name.append('.').append(word());
        }
        expect('(');
        return new Expression.Call(name.toString(), arguments());
    }

    private List<Expression> arguments() {
        List<Expression> arguments = new ArrayList<>();
        if (next() == ')') {
            at++;
            return arguments;
        }
        while (true) {
            arguments.add(expression());
            if (next() == ')') {
                at++;
                return arguments;
            }
            expect(',');
        }
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length()) {
            char read = text.charAt(at++);
            if (read != '\'') {
                value.append(read);
            } else if (at < text.length() && text.charAt(at) == '\'') {
                value.append('\'');
                at++;
            } else {
                return value.toString();
            }
        }
        throw invalid("the string literal is not terminated");
    }

    private String word() {
        next();
        int from = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (from == at) {
            throw invalid("an identifier is expected");
        }
        return text.substring(from, at);
    }

    /** The next character that is no blank; 0 at the end. */
    private char next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw invalid("expected token '" + wanted + "'");
        }
        at++;
    }

    private TemplateError invalid(String why) {
        return new TemplateError("The language expression '" + text + "' is not valid: " + why + " at position '" + at
                + "'. Please see https://aka.ms/arm-functions for usage details.");
    }
}
