package io.bookstore.perf.slo;

import io.bookstore.perf.record.RequestRecord.Kind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells how many requests of which class a dropped arrival would have sent: as many as an iteration of its scenario sends on
 * average, at least one, in the proportion of its classes. The classes of a scenario that sent nothing are those of the run.
 */
final class Arrivals {

    private final Map<String, Scenario> scenarios = new HashMap<>();
    private final Scenario all = new Scenario();

    private static final class Scenario {
        private long iterations;
        private long requests;
        private final Map<Kind, Long> classes = new EnumMap<>(Kind.class);

        private long requestsEach() {
            return iterations == 0 ? 1 : Math.max(1, Math.round((double) requests / iterations));
        }
    }

    void sent(String scenario, Kind kind) {
        add(scenario(scenario), kind);
        add(all, kind);
    }

    private static void add(Scenario scenario, Kind kind) {
        scenario.requests++;
        scenario.classes.merge(kind, 1L, Long::sum);
    }

    void iterated(String scenario, long iterations) {
        scenario(scenario).iterations += iterations;
    }

    private Scenario scenario(String name) {
        return scenarios.computeIfAbsent(name, first -> new Scenario());
    }

    /** The requests that arrivals would have sent, by class. */
    Map<Kind, Long> byClass(Map<String, Long> dropped) {
        Map<Kind, Long> lost = new EnumMap<>(Kind.class);
        dropped.forEach((name, arrivals) -> {
            Scenario scenario = scenario(name);
            divide(arrivals * scenario.requestsEach(), scenario.requests == 0 ? all : scenario, lost);
        });
        return lost;
    }

    /** Divides by the running sum, so that the parts add up to the whole. */
    private static void divide(long requests, Scenario scenario, Map<Kind, Long> lost) {
        long seen = 0;
        long given = 0;
        for (Map.Entry<Kind, Long> each : scenario.classes.entrySet()) {
            seen += each.getValue();
            long until = Math.round((double) requests * seen / scenario.requests);
            lost.merge(each.getKey(), until - given, Long::sum);
            given = until;
        }
    }
}
