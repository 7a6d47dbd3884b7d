package io.bookstore.perf.testing;

import java.util.List;
import java.util.stream.Collectors;

/** The duration of calls to a model as a metric of a sound service. */
final class DurationMetric {

    private static final String NAME = "gen_ai_client_operation_duration_seconds";
    private static final String LABELS = "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"openai\"";
    private static final List<Double> BUCKETS =
            List.of(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);

    private DurationMetric() {}

    /** Returns the lines of a page after that number of calls. */
    static String after(long calls) {
        return BUCKETS.stream()
                .map(bound -> "%s_bucket{%s,le=\"%s\"} %d\n".formatted(NAME, LABELS, bound, calls))
                .collect(Collectors.joining("", "", "%s_count{%s} %d\n".formatted(NAME, LABELS, calls)));
    }
}
