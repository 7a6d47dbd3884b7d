package io.bookstore.k6.summary;

import io.bookstore.k6.run.MetricResult;
import io.bookstore.k6.run.MetricResult.ThresholdResult;
import io.bookstore.k6.vu.CheckTree;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.metrics.MetricType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The end-of-test summary for a person, in the order that k6 users know. */
public final class TextSummary {
    private static final int NAME_WIDTH = 40;
    private static final Set<String> EXECUTION = Set.of(
            MetricNames.DROPPED_ITERATIONS,
            MetricNames.ITERATION_DURATION,
            MetricNames.ITERATIONS,
            MetricNames.VUS,
            MetricNames.VUS_MAX);
    private static final Set<String> NETWORK = Set.of(MetricNames.DATA_RECEIVED, MetricNames.DATA_SENT);
    private static final Set<String> HTTP =
            Set.of(MetricNames.HTTP_REQ_DURATION, MetricNames.HTTP_REQ_FAILED, MetricNames.HTTP_REQS);

    private final EndOfTest end;
    private final Units units;
    private final StringBuilder text = new StringBuilder("\n");

    private TextSummary(EndOfTest end) {
        this.end = end;
        this.units = new Units(end.options().timeUnit());
    }

    public static String of(EndOfTest end) {
        return new TextSummary(end).write();
    }

    private String write() {
        writeThresholds();
        writeLine("  █ TOTAL RESULTS");
        writeLine("");
        writeChecks();
        List<MetricResult> shown = end.metrics().stream()
                .sorted(Comparator.comparing(MetricResult::name))
                .toList();
        writeSection("CUSTOM", shown, metric -> isCustom(metric.metric()));
        writeSection("HTTP", shown, metric -> HTTP.contains(metric.metric().name()) || asked(metric, "http_"));
        writeSection(
                "EXECUTION", shown, metric -> EXECUTION.contains(metric.metric().name()) || asked(metric, "group_"));
        writeSection(
                "NETWORK", shown, metric -> NETWORK.contains(metric.metric().name()));
        return text.append('\n').toString();
    }

    private static boolean asked(MetricResult metric, String prefix) {
        return metric.metric().name().startsWith(prefix) && !metric.thresholds().isEmpty();
    }

    private static boolean isCustom(Metric metric) {
        String name = metric.name();
        return !EXECUTION.contains(name)
                && !NETWORK.contains(name)
                && !name.startsWith("http_req")
                && !name.equals(MetricNames.CHECKS)
                && !name.equals(MetricNames.GROUP_DURATION);
    }

    private void writeThresholds() {
        List<MetricResult> judged = end.metrics().stream()
                .filter(metric -> !metric.thresholds().isEmpty())
                .toList();
        if (judged.isEmpty()) {
            return;
        }
        writeLine("  █ THRESHOLDS");
        writeLine("");
        Map<String, List<MetricResult>> families = judged.stream()
                .collect(Collectors.groupingBy(
                        metric -> metric.metric().name(), LinkedHashMap::new, Collectors.toList()));
        families.forEach((name, family) -> {
            boolean whole = family.get(0).filter().isEmpty();
            writeLine("    " + (whole ? name : family.get(0).name()));
            for (int i = 0; i < family.size(); i++) {
                MetricResult metric = family.get(i);
                boolean nested = whole && i > 0;
                if (nested) {
                    writeLine("      " + metric.name().substring(metric.name().indexOf('{')));
                } else if (i > 0) {
                    writeLine("    " + metric.name());
                }
                metric.thresholds().forEach(threshold -> writeThreshold(nested ? "      " : "    ", metric, threshold));
            }
            writeLine("");
        });
        writeLine("");
    }

    private void writeThreshold(String indent, MetricResult metric, ThresholdResult threshold) {
        String value = metric.metric().type() == MetricType.RATE
                ? Units.percent(threshold.value())
                : threshold.aggregation().matches("count|rate")
                        ? Units.plain(threshold.value())
                        : units.value(metric.metric(), threshold.value());
        writeLine("%s%s '%s' %s=%s"
                .formatted(indent, mark(threshold.ok()), threshold.expression(), threshold.aggregation(), value));
    }

    private void writeChecks() {
        Map<String, long[]> counts = new LinkedHashMap<>();
        collect(end.checks().root(), counts);
        end.metrics().stream()
                .filter(metric -> metric.name().equals(MetricNames.CHECKS))
                .findFirst()
                .ifPresent(checks -> {
                    double passed = checks.values().getOrDefault("passes", 0.0);
                    double failed = checks.values().getOrDefault("fails", 0.0);
                    double total = passed + failed;
                    writeMetric("checks_total", Units.plain(total) + "  " + perSecond(total));
                    writeMetric("checks_succeeded", share(passed, total));
                    writeMetric("checks_failed", share(failed, total));
                    writeLine("");
                });
        counts.forEach((name, count) -> {
            writeLine("    " + mark(count[1] == 0) + " " + name);
            if (count[1] > 0) {
                long share = 100 * count[0] / (count[0] + count[1]);
                writeLine("      ↳  %d%% — ✓ %d / ✗ %d".formatted(share, count[0], count[1]));
            }
        });
        if (!counts.isEmpty()) {
            writeLine("");
        }
    }

    private static void collect(CheckTree.Group group, Map<String, long[]> counts) {
        for (CheckTree.Check check : group.checks()) {
            long[] count = counts.computeIfAbsent(check.name(), name -> new long[2]);
            count[0] += check.passes();
            count[1] += check.fails();
        }
        group.groups().forEach(inner -> collect(inner, counts));
    }

    private void writeSection(String title, List<MetricResult> metrics, Predicate<MetricResult> belongs) {
        List<MetricResult> shown = metrics.stream().filter(belongs).toList();
        if (shown.isEmpty()) {
            return;
        }
        writeLine("    " + title);
        for (MetricResult metric : shown) {
            String name = metric.filter().isEmpty()
                    ? metric.name()
                    : "  { "
                            + metric.name()
                                    .substring(metric.name().indexOf('{') + 1)
                                    .replace("}", " }");
            writeMetric(name, describe(metric));
        }
        writeLine("");
    }

    private String describe(MetricResult metric) {
        Map<String, Double> values = metric.values();
        return switch (metric.metric().type()) {
            case COUNTER -> {
                double count = values.getOrDefault("count", 0.0);
                boolean data = metric.metric().contains().equals("data");
                yield data
                        ? Units.bytes(count) + "  " + Units.bytes(count / seconds()) + "/s"
                        : Units.plain(count) + "  " + perSecond(count);
            }
            case GAUGE ->
                "%s  min=%s max=%s"
                        .formatted(
                                units.value(metric.metric(), values.getOrDefault("value", 0.0)),
                                units.value(metric.metric(), values.getOrDefault("min", 0.0)),
                                units.value(metric.metric(), values.getOrDefault("max", 0.0)));
            case RATE ->
                share(
                        values.getOrDefault("passes", 0.0),
                        values.getOrDefault("passes", 0.0) + values.getOrDefault("fails", 0.0));
            case TREND -> trend(metric);
        };
    }

    private String trend(MetricResult metric) {
        List<String> stats = new ArrayList<>();
        metric.values()
                .forEach((stat, value) -> stats.add(stat + "="
                        + (stat.equals("count") ? Units.plain(value) : units.value(metric.metric(), value))));
        return String.join(" ", stats);
    }

    private void writeMetric(String name, String value) {
        String dots = ".".repeat(Math.max(3, NAME_WIDTH - name.length()));
        writeLine("    " + name + dots + ": " + value);
    }

    private static String share(double part, double total) {
        return "%s %s out of %s"
                .formatted(Units.percent(total == 0 ? 0 : part / total), Units.plain(part), Units.plain(total));
    }

    private String perSecond(double count) {
        return Units.plain(count / seconds()) + "/s";
    }

    private double seconds() {
        return Math.max(1e-9, end.duration().toNanos() / 1e9);
    }

    private static String mark(boolean ok) {
        return ok ? "✓" : "✗";
    }

    private void writeLine(String line) {
        text.append(line).append('\n');
    }
}
