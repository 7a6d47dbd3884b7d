package io.bookstore.perf.results;

import io.bookstore.perf.metrics.Metric;
import java.util.Locale;
import java.util.OptionalDouble;

/** Folds the samples of one metric, or of the part of it that a threshold's tag filter picks. */
sealed interface MetricRecorder {

    static MetricRecorder of(Metric metric) {
        return switch (metric.type()) {
            case COUNTER -> new CounterRecorder(metric);
            case GAUGE -> new GaugeRecorder(metric);
            case RATE -> new RateRecorder(metric);
            case TREND -> new TrendMetricRecorder(metric);
        };
    }

    void add(double value);

    MetricSummary summary(double runSeconds);

    /** The value a threshold compares; empty for an aggregation that this type does not have. */
    OptionalDouble aggregate(String aggregation, double runSeconds);

    final class CounterRecorder implements MetricRecorder {
        private final Metric metric;
        private double count;

        private CounterRecorder(Metric metric) {
            this.metric = metric;
        }

        @Override
        public void add(double value) {
            count += value;
        }

        @Override
        public MetricSummary summary(double runSeconds) {
            return new MetricSummary.Counter(metric.name(), metric.contains(), count, perSecond(runSeconds));
        }

        @Override
        public OptionalDouble aggregate(String aggregation, double runSeconds) {
            return switch (aggregation) {
                case "count" -> OptionalDouble.of(count);
                case "rate" -> OptionalDouble.of(perSecond(runSeconds));
                default -> OptionalDouble.empty();
            };
        }

        private double perSecond(double runSeconds) {
            return runSeconds == 0 ? 0 : count / runSeconds;
        }
    }

    final class GaugeRecorder implements MetricRecorder {
        private final Metric metric;
        private double value;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;

        private GaugeRecorder(Metric metric) {
            this.metric = metric;
        }

        @Override
        public void add(double sample) {
            value = sample;
            min = Math.min(min, sample);
            max = Math.max(max, sample);
        }

        @Override
        public MetricSummary summary(double runSeconds) {
            return new MetricSummary.Gauge(metric.name(), metric.contains(), value, min, max);
        }

        @Override
        public OptionalDouble aggregate(String aggregation, double runSeconds) {
            return aggregation.equals("value") ? OptionalDouble.of(value) : OptionalDouble.empty();
        }
    }

    final class RateRecorder implements MetricRecorder {
        private final Metric metric;
        private long nonZero;
        private long total;

        private RateRecorder(Metric metric) {
            this.metric = metric;
        }

        @Override
        public void add(double value) {
            total++;
            if (value != 0) {
                nonZero++;
            }
        }

        @Override
        public MetricSummary summary(double runSeconds) {
            return new MetricSummary.Rate(metric.name(), metric.contains(), rate(), nonZero, total);
        }

        @Override
        public OptionalDouble aggregate(String aggregation, double runSeconds) {
            return aggregation.equals("rate") ? OptionalDouble.of(rate()) : OptionalDouble.empty();
        }

        private double rate() {
            return total == 0 ? 0 : (double) nonZero / total;
        }
    }

    final class TrendMetricRecorder implements MetricRecorder {
        private final Metric metric;
        private final TrendRecorder values = TrendRecorder.precise();

        private TrendMetricRecorder(Metric metric) {
            this.metric = metric;
        }

        @Override
        public void add(double value) {
            values.add(value);
        }

        @Override
        public MetricSummary summary(double runSeconds) {
            return new MetricSummary.Trend(metric.name(), metric.contains(), values.statistics());
        }

        @Override
        public OptionalDouble aggregate(String aggregation, double runSeconds) {
            return switch (aggregation) {
                case "avg" -> OptionalDouble.of(values.average());
                case "min" -> OptionalDouble.of(values.min());
                case "max" -> OptionalDouble.of(values.max());
                case "med" -> OptionalDouble.of(values.percentile(50));
                default -> percentile(aggregation);
            };
        }

        private OptionalDouble percentile(String aggregation) {
            if (!aggregation.toLowerCase(Locale.ROOT).matches("p\\([0-9.]+\\)")) {
                return OptionalDouble.empty();
            }
            String number = aggregation.substring(2, aggregation.length() - 1);
            return OptionalDouble.of(values.percentile(Double.parseDouble(number)));
        }
    }
}
