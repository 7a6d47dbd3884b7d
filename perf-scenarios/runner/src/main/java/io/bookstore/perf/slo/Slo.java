package io.bookstore.perf.slo;

import io.bookstore.k6.options.DurationText;
import io.bookstore.perf.record.RequestRecord.Kind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits that a single request must keep to be good, by its class. They are no thresholds: a threshold is on a figure of
 * the whole run, such as a percentile.
 *
 * @param limits only of classes that have any
 */
public record Slo(Map<Kind, Limits> limits) {

    /** No limits, so that nothing is good or bad. */
    public static final Slo NONE = new Slo(Map.of());

    // The p95 limits of the guide, which k6/thresholds.js has under the same names; a test compares.
    static final Map<Kind, StandardLimit> STANDARD = Map.of(
            Kind.LLM, new StandardLimit("LLM_P95_MS", Duration.ofSeconds(8)),
            Kind.CRUD, new StandardLimit("CRUD_P95_MS", Duration.ofSeconds(1)));

    /** @param variable replaces the limit in a script, and so here */
    record StandardLimit(String variable, Duration endToEnd) {

        private Duration in(Map<String, String> env) {
            try {
                double millis = Double.parseDouble(env.getOrDefault(variable, ""));
                return millis > 0 ? DurationText.ofMillis(millis) : endToEnd;
            } catch (NumberFormatException unset) {
                // A script refuses what is no number with a sentence of its own.
                return endToEnd;
            }
        }
    }

    public Slo {
        limits = Map.copyOf(limits);
    }

    /**
     * The limits of one class; null for a dimension without one.
     *
     * @param ttft    time to first token
     * @param e2e     from the intended start to the last byte of the answer
     * @param costUsd cost of the answer in US dollars
     */
    public record Limits(
            @Nullable Duration ttft,
            @Nullable Duration e2e,
            @Nullable Double costUsd) {

        static final Limits NONE = new Limits(null, null, null);

        private static Limits of(Goodput.OfClass judged) {
            Map<Dimension, Double> limits = new EnumMap<>(Dimension.class);
            judged.dimensions().stream()
                    .filter(each -> each.limit() != null)
                    .forEach(each -> limits.put(each.dimension(), each.limit()));
            return new Limits(
                    time(limits.get(Dimension.TTFT)), time(limits.get(Dimension.E2E)), limits.get(Dimension.COST));
        }

        private static @Nullable Duration time(@Nullable Double millis) {
            return millis == null ? null : DurationText.ofMillis(millis);
        }

        /** The limit of a dimension in milliseconds or US dollars; null if it has none. */
        @Nullable
        Double of(Dimension dimension) {
            return switch (dimension) {
                case TTFT -> millis(ttft);
                case E2E -> millis(e2e);
                case COST -> costUsd;
                case ERROR -> null;
            };
        }

        private static @Nullable Double millis(@Nullable Duration time) {
            return time == null ? null : (Double) (time.toNanos() / 1e6);
        }

        private Limits or(Limits others) {
            return new Limits(
                    ttft == null ? others.ttft : ttft,
                    e2e == null ? others.e2e : e2e,
                    costUsd == null ? others.costUsd : costUsd);
        }
    }

    /**
     * The limits of a run for which nobody states any: the p95 limits of its scripts, 8 s for a summary and 1 s for a plain
     * request.
     *
     * @param env variables for the script, which may move these limits
     */
    public static Slo standard(Map<String, String> env) {
        Map<Kind, Limits> limits = new EnumMap<>(Kind.class);
        STANDARD.forEach((kind, standard) -> limits.put(kind, new Limits(null, standard.in(env), null)));
        return new Slo(limits);
    }

    /** The limits by which a run was judged. */
    public static Slo of(Goodput judged) {
        Map<Kind, Limits> limits = new EnumMap<>(Kind.class);
        judged.classes().forEach(each -> limits.put(each.kind(), Limits.of(each)));
        return new Slo(limits);
    }

    /** These limits, and those of the others where these have none. */
    public Slo or(Slo others) {
        Map<Kind, Limits> both = new EnumMap<>(Kind.class);
        both.putAll(others.limits);
        limits.forEach((kind, own) -> both.merge(kind, own, (theirs, ours) -> ours.or(theirs)));
        return new Slo(both);
    }

    /** Returns whether no class has other limits there; a class that only one of both has says nothing, for it may have no request. */
    public boolean agrees(Slo other) {
        return limits.entrySet().stream()
                .allMatch(own -> own.getValue().equals(other.limits.getOrDefault(own.getKey(), own.getValue())));
    }

    /** The limits of a class; null if it has none. */
    @Nullable
    Limits of(Kind kind) {
        return limits.get(kind);
    }
}
