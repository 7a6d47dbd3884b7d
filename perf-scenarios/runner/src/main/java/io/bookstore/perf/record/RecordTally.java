package io.bookstore.perf.record;

import io.bookstore.perf.metrics.TrendSink;
import io.bookstore.perf.record.Parts.Part;
import io.bookstore.perf.record.RecordSummary.PartTimes;
import io.bookstore.perf.record.RequestRecord.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Folds records into their summary; memory does not grow with them. */
final class RecordTally {

    private static final int SLOWEST = 10;
    private static final Comparator<RequestRecord> byTime =
            Comparator.comparingDouble(request -> request.timing().endToEndMs());

    private final PriorityQueue<RequestRecord> slowest = new PriorityQueue<>(byTime);
    private final Map<Kind, Map<Part, Times>> times = new EnumMap<>(Kind.class);

    private static final class Times {
        private final TrendSink trend = TrendSink.small();
        private double sum;
    }

    void add(RequestRecord request) {
        slowest.add(request);
        if (slowest.size() > SLOWEST) {
            slowest.remove();
        }
        for (Part part : Part.values()) {
            Double millis = part.of(request.parts());
            if (millis != null) {
                Times known = times.computeIfAbsent(request.kind(), kind -> new EnumMap<>(Part.class))
                        .computeIfAbsent(part, first -> new Times());
                known.trend.add(millis);
                known.sum += millis;
            }
        }
    }

    boolean empty() {
        return slowest.isEmpty();
    }

    RecordSummary summary() {
        List<PartTimes> parts = new ArrayList<>();
        times.forEach((kind, ofKind) -> ofKind.forEach((part, known) -> parts.add(new PartTimes(
                kind,
                part,
                known.trend.count(),
                Micros.rounded(known.sum),
                Micros.rounded(known.trend.percentile(50)),
                Micros.rounded(known.trend.percentile(95))))));
        return new RecordSummary(slowest.stream().sorted(byTime.reversed()).toList(), parts);
    }
}
