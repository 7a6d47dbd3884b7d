package io.bookstore.perf.results.sample;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.results.CheckResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts checks by group and name. */
final class CheckRecorder {

    // More would mean an id in a check's name; the metric "checks" still counts every one.
    private static final int MAX_CHECKS = 1000;

    private final Map<Check, long[]> counts = new LinkedHashMap<>();

    void add(Sample sample) {
        String name = sample.tags().get("check");
        if (!sample.metric().equals(MetricNames.CHECKS) || name == null) {
            return;
        }
        Check check = new Check(sample.tags().getOrDefault("group", ""), name);
        if (counts.size() < MAX_CHECKS || counts.containsKey(check)) {
            counts.computeIfAbsent(check, any -> new long[2])[sample.value() != 0 ? 0 : 1]++;
        }
    }

    List<CheckResult> checks() {
        List<CheckResult> results = new ArrayList<>();
        counts.forEach((check, count) -> results.add(new CheckResult(check.group, check.name, count[0], count[1])));
        return results;
    }

    private record Check(String group, String name) {}
}
