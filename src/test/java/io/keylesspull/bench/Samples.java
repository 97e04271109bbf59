package io.keylesspull.bench;

import java.util.Arrays;
import java.util.List;

/**
 * One thing, measured several times.
 *
 * @param unit of the values, such as {@code s} or {@code MB/s}
 * @param values in the order in which they came; at least one
 */
public record Samples(String what, String unit, List<Double> values) {

    public Samples {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured: " + what);
        }
    }

    static Samples one(String what, String unit, double value) {
        return new Samples(what, unit, List.of(value));
    }

    double median() {
        double[] sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double min() {
        return sorted()[0];
    }

    double max() {
        return sorted()[values.size() - 1];
    }

    /** What nineteen of twenty values do not exceed. */
    double p95() {
        return quantile(0.95);
    }

    /** What ninety-nine of a hundred values do not exceed. */
    double p99() {
        return quantile(0.99);
    }

    private double quantile(double share) {
        double[] sorted = sorted();
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    private double[] sorted() {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
