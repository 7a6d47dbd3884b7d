package io.bookstore.perf.stack;

import io.bookstore.perf.promql.MetricsText;
import io.bookstore.perf.promql.MetricsText.Series;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A page of metrics in Prometheus' text format. */
record MetricsPage(String text) {

    /** The sum of a series over all of its labels; null if there is none. */
    @Nullable
    Double sum(String series) {
        return sum(series, labels -> true);
    }

    @Nullable
    Double sum(String series, String label, String value) {
        return sum(series, labels -> value.equals(labels.get(label)));
    }

    @Nullable
    Double sum(String series, Predicate<Map<String, String>> labels) {
        return MetricsText.series(text, series::equals)
                .filter(found -> labels.test(found.labels()) && Double.isFinite(found.value()))
                .map(Series::value)
                .reduce(Double::sum)
                .orElse(null);
    }
}
