package io.bookstore.perf.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Folds the samples of one metric. Used by one thread. */
public sealed interface Sink permits Sink.Counter, Sink.Gauge, Sink.Rate, TrendSink {

    static Sink of(MetricType type) {
        return switch (type) {
            case COUNTER -> new Counter();
            case GAUGE -> new Gauge();
            case RATE -> new Rate();
            case TREND -> TrendSink.exact();
        };
    }

    void add(double value);

    boolean empty();

    /**
     * A single number, 0 without samples.
     *
     * @param seconds length of the run so far, setup and teardown included; what "per second" divides by
     */
    double aggregate(Aggregation aggregation, double seconds);

    /** The values that {@code handleSummary} gets under {@code values}, in k6's documented order. */
    Map<String, Double> values(List<String> trendStats, double seconds);

    final class Counter implements Sink {
        private double sum;
        private boolean empty = true;

        @Override
        public void add(double value) {
            sum += value;
            empty = false;
        }

        @Override
        public boolean empty() {
            return empty;
        }

        @Override
        public double aggregate(Aggregation aggregation, double seconds) {
            return aggregation.name().equals("rate") ? rate(seconds) : sum;
        }

        @Override
        public Map<String, Double> values(List<String> trendStats, double seconds) {
            return ordered("count", sum, "rate", rate(seconds));
        }

        private double rate(double seconds) {
            return seconds > 0 ? sum / seconds : 0;
        }
    }

    final class Gauge implements Sink {
        private double value;
        private double min;
        private double max;
        private boolean empty = true;

        @Override
        public void add(double sample) {
            value = sample;
            min = empty ? sample : Math.min(min, sample);
            max = empty ? sample : Math.max(max, sample);
            empty = false;
        }

        @Override
        public boolean empty() {
            return empty;
        }

        @Override
        public double aggregate(Aggregation aggregation, double seconds) {
            return value;
        }

        @Override
        public Map<String, Double> values(List<String> trendStats, double seconds) {
            return ordered("value", value, "min", min, "max", max);
        }
    }

    final class Rate implements Sink {
        private long total;
        private long nonZero;

        @Override
        public void add(double value) {
            total++;
            if (value != 0) {
                nonZero++;
            }
        }

        @Override
        public boolean empty() {
            return total == 0;
        }

        @Override
        public double aggregate(Aggregation aggregation, double seconds) {
            return rate();
        }

        @Override
        public Map<String, Double> values(List<String> trendStats, double seconds) {
            return ordered("rate", rate(), "passes", (double) nonZero, "fails", (double) (total - nonZero));
        }

        private double rate() {
            return total == 0 ? 0 : (double) nonZero / total;
        }
    }

    private static Map<String, Double> ordered(Object... namesAndValues) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], (Double) namesAndValues[i + 1]);
        }
        return values;
    }
}
