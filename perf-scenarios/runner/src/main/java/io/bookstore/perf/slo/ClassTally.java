package io.bookstore.perf.slo;

import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.slo.Goodput.Attainment;
import io.bookstore.perf.slo.Goodput.OfClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the requests of one class by what they missed. */
final class ClassTally {

    private final Map<Dimension, Counts> dimensions = new EnumMap<>(Dimension.class);
    private long sent;
    private long failed;
    private long good;
    private double usd;
    private long priced;

    private static final class Counts {
        private long within;
        private long missed;
        private long notTold;
    }

    void add(JudgedRequest request, Slo.@Nullable Limits limits) {
        sent++;
        Double cost = request.costUsd();
        if (cost != null) {
            usd += cost;
            priced++;
        }
        if (request.failed()) {
            failed++;
        } else if (limits != null && within(limits, request)) {
            good++;
        }
    }

    /** Counts each limited dimension, for one that is missed hides none of the others. */
    private boolean within(Slo.Limits limits, JudgedRequest request) {
        boolean within = true;
        for (Dimension dimension : Dimension.values()) {
            Double limit = limits.of(dimension);
            if (limit != null) {
                Counts counts = counts(dimension);
                Double value = request.value(dimension);
                if (value == null) {
                    counts.notTold++;
                } else if (value <= limit) {
                    counts.within++;
                } else {
                    counts.missed++;
                    within = false;
                }
            }
        }
        return within;
    }

    private Counts counts(Dimension dimension) {
        return dimensions.computeIfAbsent(dimension, first -> new Counts());
    }

    void add(ClassTally other) {
        sent += other.sent;
        failed += other.failed;
        good += other.good;
        usd += other.usd;
        priced += other.priced;
        other.dimensions.forEach((dimension, theirs) -> {
            Counts counts = counts(dimension);
            counts.within += theirs.within;
            counts.missed += theirs.missed;
            counts.notTold += theirs.notTold;
        });
    }

    long sent() {
        return sent;
    }

    long good() {
        return good;
    }

    /** Cost that the answers told; null if none did. */
    @Nullable
    Double usd() {
        return priced == 0 ? null : usd;
    }

    /** @param dropped requests of this class that were never sent */
    OfClass result(Kind kind, Slo.Limits limits, long dropped) {
        long bad = failed + dropped;
        List<Attainment> attained = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            Double limit = limits.of(dimension);
            if (limit != null) {
                attained.add(attainment(dimension, limit, counts(dimension), bad));
            }
        }
        boolean judged = sent == failed || attained.stream().anyMatch(each -> each.share() != null);
        attained.add(
                new Attainment(Dimension.ERROR, null, sent - failed, bad, 0, share(sent - failed, sent + dropped)));
        return new OfClass(
                kind,
                sent + dropped,
                good,
                failed,
                dropped,
                judged ? share(good, sent + dropped) : null,
                attained,
                attained.stream()
                        .filter(each -> each.missed() > 0)
                        .max(Comparator.comparingLong(Attainment::missed))
                        .map(Attainment::dimension)
                        .orElse(null));
    }

    private static Attainment attainment(Dimension dimension, double limit, Counts counts, long bad) {
        long told = counts.within + counts.missed;
        return new Attainment(
                dimension,
                limit,
                counts.within,
                counts.missed,
                counts.notTold,
                told == 0 && counts.notTold > 0 ? null : share(counts.within, told + bad));
    }

    private static @Nullable Double share(long part, long all) {
        return all == 0 ? null : (Double) ((double) part / all);
    }
}
