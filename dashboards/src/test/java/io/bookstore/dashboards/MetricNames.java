package io.bookstore.dashboards;

import io.bookstore.perf.promql.MetricCatalogue;
import io.bookstore.perf.promql.PromQl;
import io.bookstore.perf.promql.PromQl.Grouping;
import io.bookstore.perf.promql.PromQl.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every series that exists with its labels: those of the catalogue and those that recording rules make of them. */
record MetricNames(MetricCatalogue catalogue, Map<String, Set<String>> recorded) {

    static MetricNames read() {
        MetricCatalogue catalogue = MetricCatalogue.parse(Repository.text("dashboards/metrics.yaml"));
        Map<String, Set<String>> recorded = new HashMap<>();
        for (RuleFile.Recording recording : RuleFile.read().recordings()) {
            Set<String> labels = new HashSet<>();
            PromQl query = PromQl.parse(recording.expression());
            query.groupings().forEach(grouping -> labels.addAll(grouping.labels()));
            // A rule over other rules keeps their labels.
            query.selectors().forEach(selector -> labels.addAll(recorded.getOrDefault(selector.series(), Set.of())));
            labels.remove("le");
            recorded.put(recording.name(), labels);
        }
        return new MetricNames(catalogue, recorded);
    }

    /** Returns a sentence for each name in the query that does not exist; none if all do. */
    List<String> unknownIn(PromQl query) {
        List<String> unknown = new ArrayList<>();
        for (Selector selector : query.selectors()) {
            Optional<Set<String>> labels = labelsOf(selector.series());
            if (labels.isEmpty()) {
                unknown.add("no metric " + selector.series());
                continue;
            }
            selector.labels().stream()
                    .filter(label -> !labels.get().contains(label))
                    .forEach(label -> unknown.add(selector.series() + " has no label " + label));
        }
        for (Grouping grouping : query.groupings()) {
            for (Selector selector : grouping.over()) {
                Set<String> labels = labelsOf(selector.series()).orElse(grouping.labels());
                grouping.labels().stream()
                        .filter(label -> !labels.contains(label))
                        .forEach(label -> unknown.add(selector.series() + " has no label " + label + " to group by"));
            }
        }
        return unknown;
    }

    /** The labels that the result of a query has. */
    Set<String> resultLabels(PromQl query) {
        Set<String> labels = new HashSet<>();
        query.groupings().forEach(grouping -> labels.addAll(grouping.labels()));
        if (query.groupings().isEmpty()) {
            query.selectors().forEach(selector -> labelsOf(selector.series()).ifPresent(labels::addAll));
        }
        return labels;
    }

    private Optional<Set<String>> labelsOf(String series) {
        return Optional.ofNullable(recorded.get(series)).or(() -> catalogue.labelsOf(series));
    }
}
