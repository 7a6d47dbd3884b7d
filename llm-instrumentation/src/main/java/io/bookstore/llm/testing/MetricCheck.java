package io.bookstore.llm.testing;

import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.Finding.Rule;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares a metric with the tables. */
final class MetricCheck {

    private final Catalogue catalogue;
    private final Map<String, Catalogue.MetricRow> rows;

    MetricCheck(Catalogue catalogue, Set<GenAiConventions> conventions) {
        this.catalogue = catalogue;
        this.rows = catalogue.metrics(conventions).stream()
                .collect(Collectors.toMap(Catalogue.MetricRow::name, row -> row));
    }

    /** A generation has a duration for each type of span; a call that left a span must have left that too. */
    static List<Finding> missing(
            Catalogue catalogue,
            Set<GenAiConventions> conventions,
            Collection<SpanData> spans,
            Collection<MetricData> metrics) {
        Set<String> present = metrics.stream().map(MetricData::getName).collect(Collectors.toSet());
        return spans.stream()
                .map(span -> span.getAttributes().get(AttributeKey.stringKey("gen_ai.operation.name")))
                .filter(operation -> operation != null)
                .map(catalogue::span)
                .filter(row -> row != null)
                .flatMap(row -> durations(row.type(), conventions).stream())
                .distinct()
                .filter(name -> !present.contains(name))
                .map(name -> new Finding(Rule.MISSING_METRIC, name, "there are spans but no measurements"))
                .toList();
    }

    private static List<String> durations(String type, Set<GenAiConventions> conventions) {
        List<String> names = new ArrayList<>();
        boolean call = type.equals("inference") || type.equals("embeddings");
        if (call && (conventions.contains(GenAiConventions.V1_36) || conventions.contains(GenAiConventions.V1_41))) {
            names.add("gen_ai.client.operation.duration");
        }
        if (conventions.contains(GenAiConventions.V0_1)) {
            if (call) {
                names.add("gen_ai.client." + type + ".duration");
            } else if (type.equals("execute_tool")) {
                names.add("gen_ai.execute_tool.duration");
            }
        }
        return names;
    }

    List<Finding> check(MetricData metric) {
        List<Finding> findings = new ArrayList<>();
        if (!metric.getName().startsWith("gen_ai.")) {
            return findings;
        }
        Catalogue.MetricRow row = rows.get(metric.getName());
        if (row == null) {
            add(findings, Rule.UNKNOWN_METRIC, metric, "is not in these conventions");
            return findings;
        }
        if (!metric.getUnit().equals(row.unit())) {
            add(findings, Rule.WRONG_UNIT, metric, "must be \"" + row.unit() + "\", is \"" + metric.getUnit() + "\"");
        }
        if (!isInstrument(row.instrument(), metric)) {
            add(findings, Rule.WRONG_INSTRUMENT, metric, "must be a " + row.instrument() + ", is " + metric.getType());
        } else if (metric.getType() == MetricDataType.HISTOGRAM) {
            checkBuckets(findings, metric, row);
        }
        metric.getData().getPoints().stream()
                .map(point -> point.getAttributes())
                .forEach(attributes -> checkAttributes(findings, metric, row, attributes));
        return findings.stream().distinct().toList();
    }

    private static void checkBuckets(List<Finding> findings, MetricData metric, Catalogue.MetricRow row) {
        for (HistogramPointData point : metric.getHistogramData().getPoints()) {
            if (!point.getBoundaries().equals(row.buckets())) {
                add(
                        findings,
                        Rule.WRONG_BUCKETS,
                        metric,
                        "must be " + row.buckets() + ", are " + point.getBoundaries());
            }
        }
    }

    private void checkAttributes(
            List<Finding> findings, MetricData metric, Catalogue.MetricRow row, Attributes attributes) {
        row.levels().forEach((name, level) -> {
            if (level.equals("R") && names(attributes).noneMatch(name::equals)) {
                add(findings, Rule.MISSING_REQUIRED, metric, name);
            }
        });
        attributes.forEach((key, value) -> {
            String name = key.getKey();
            if (!row.levels().containsKey(name)) {
                add(findings, Rule.UNEXPECTED_ATTRIBUTE, metric, name + " does not belong on this metric");
            }
            Set<String> allowed = catalogue.values(name);
            if (!allowed.isEmpty() && !allowed.contains(value.toString())) {
                add(findings, Rule.WRONG_VALUE, metric, name + " must be one of " + allowed + ", is " + value);
            }
        });
    }

    private static Stream<String> names(Attributes attributes) {
        return attributes.asMap().keySet().stream().map(AttributeKey::getKey);
    }

    private static boolean isInstrument(String wanted, MetricData metric) {
        return switch (metric.getType()) {
            case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> wanted.equals("histogram");
            case LONG_SUM -> wanted.equals("counter") && metric.getLongSumData().isMonotonic();
            case DOUBLE_SUM ->
                wanted.equals("counter") && metric.getDoubleSumData().isMonotonic();
            default -> false;
        };
    }

    private static void add(List<Finding> findings, Rule rule, MetricData metric, String detail) {
        findings.add(new Finding(rule, metric.getName(), detail));
    }
}
