package io.bookstore.perf.slo;

import io.bookstore.perf.record.RequestRecord.Kind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests and dropped arrivals of a part of a run. */
final class Interval {

    private final Map<Kind, ClassTally> classes = new EnumMap<>(Kind.class);
    private final Map<String, Long> dropped = new HashMap<>();

    /** @param limits null if the class has none */
    void add(JudgedRequest request, Slo.@Nullable Limits limits) {
        tally(request.kind()).add(request, limits);
    }

    void drop(String scenario, long arrivals) {
        dropped.merge(scenario, arrivals, Long::sum);
    }

    void add(Interval other) {
        other.classes.forEach((kind, tally) -> tally(kind).add(tally));
        other.dropped.forEach(this::drop);
    }

    ClassTally tally(Kind kind) {
        return classes.computeIfAbsent(kind, first -> new ClassTally());
    }

    /** Arrivals that found no virtual user, by scenario. */
    Map<String, Long> dropped() {
        return dropped;
    }
}
