package io.keylesspull.practice.machine.shell;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Evaluates {@code $((…))}: whole numbers, variables, {@code + - * / %} and parentheses. */
final class Arithmetic {

    private static final Pattern TOKEN = Pattern.compile("\\s*(\\d+|[A-Za-z_]\\w*|[-+*/%()])\\s*");

    private final Matcher tokens;
    private final UnaryOperator<String> variables;
    private int at;

    private Arithmetic(String text, UnaryOperator<String> variables) {
        this.tokens = TOKEN.matcher(text);
        this.variables = variables;
    }

    /** @throws ArithmeticException if it is anything else, or divides by zero */
    static long of(String text, UnaryOperator<String> variables) {
        Arithmetic run = new Arithmetic(text, variables);
        long value = run.sum();
        if (run.at < text.length()) {
            throw new ArithmeticException("expecting EOF");
        }
        return value;
    }

    private String peek() {
        return tokens.find(at) && tokens.start() == at ? tokens.group(1) : "";
    }

    private String take() {
        String token = peek();
        if (token.isEmpty()) {
            throw new ArithmeticException("expecting primary");
        }
        at = tokens.end();
        return token;
    }

    private long sum() {
        long value = product();
        while (peek().matches("[-+]")) {
            value = take().equals("+") ? value + product() : value - product();
        }
        return value;
    }

    private long product() {
        long value = primary();
        while (peek().matches("[*/%]")) {
            String operator = take();
            long right = primary();
            if (right == 0 && !operator.equals("*")) {
                throw new ArithmeticException("division by zero");
            }
            value = operator.equals("*") ? value * right : operator.equals("/") ? value / right : value % right;
        }
        return value;
    }

    private long primary() {
        String token = take();
        if (token.equals("(")) {
            long value = sum();
            take();
            return value;
        }
        if (token.equals("-")) {
            return -primary();
        }
        String number = Character.isDigit(token.charAt(0)) ? token : variables.apply(token);
        try {
            return Long.parseLong(number.isEmpty() ? "0" : number.strip());
        } catch (NumberFormatException notNumber) {
            throw new ArithmeticException("Illegal number: " + number);
        }
    }
}
