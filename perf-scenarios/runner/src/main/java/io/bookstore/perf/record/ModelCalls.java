package io.bookstore.perf.record;

import io.bookstore.perf.record.RequestRecord.Attempt;
import io.bookstore.perf.record.TraceSpans.Failure;
import io.bookstore.perf.record.TraceSpans.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The time that a request spent in calls to models, by the journal of the provider where it has all attempts, else by the
 * spans of the calls, else by what the answer told.
 *
 * @param wholeMs    all that is not the service's own work: provider and backoff, or the calls as a whole where these two cannot
 *                   be told apart; null if unknown
 * @param backoffMs  null if unknown
 * @param providerMs null if unknown
 * @param disagreeMs by how much an attempt lies outside its call, which only another clock explains; 0 if none does
 */
record ModelCalls(
        @Nullable Double wholeMs,
        @Nullable Double backoffMs,
        @Nullable Double providerMs,
        List<Attempt> attempts,
        double disagreeMs) {

    /** Two clocks of one machine are this close; beyond, an event of one is not compared with an arrival of the other. */
    private static final long SAME_CLOCK_NANOS = 1_000_000;

    private static final ModelCalls UNKNOWN = new ModelCalls(null, null, null, List.of(), 0);
    private static final ModelCalls NONE = new ModelCalls(0.0, 0.0, 0.0, List.of(), 0);

    /**
     * @param startNanos the start of the request
     * @param journal    the attempts of the request; empty if there is no journal
     * @param spans      null if no span of the trace came
     */
    static ModelCalls of(long startNanos, List<JournalAttempt> journal, @Nullable TraceSpans spans, Told told) {
        List<Model> models = spans == null ? List.of() : spans.models();
        List<JournalAttempt> attempts = journal.stream()
                .sorted(Comparator.comparingLong(JournalAttempt::start))
                .toList();
        if (!attempts.isEmpty() && hasAll(attempts, models)) {
            return ofJournal(startNanos, attempts, models);
        }
        if (spans != null && !models.isEmpty()) {
            return ofSpans(startNanos, spans, models, told);
        }
        if (told.providerMs() != null) {
            boolean once = told.retries() != null && told.retries() == 0;
            return new ModelCalls(once ? told.providerMs() : null, once ? 0.0 : null, told.providerMs(), List.of(), 0);
        }
        boolean noCall =
                attempts.isEmpty() && (Boolean.TRUE.equals(told.cached()) || (spans != null && spans.server() != null));
        return noCall ? NONE : UNKNOWN;
    }

    /**
     * Facts of the calls that the answer told.
     *
     * @param providerMs time in attempts
     * @param retries    attempts less one
     * @param cached     true if a cache gave the answer
     */
    record Told(
            @Nullable Double providerMs,
            @Nullable Double retries,
            @Nullable Boolean cached) {}

    /** Returns whether the journal has the attempts of all calls; a call to another provider is not in it. */
    private static boolean hasAll(List<JournalAttempt> attempts, List<Model> models) {
        if (models.size() <= 1 && models.stream().allMatch(model -> model.attempts() == null)) {
            return true;
        }
        return !overlapping(models)
                && models.stream().allMatch(model -> model.attempts() != null)
                && models.stream()
                                .map(Model::attempts)
                                .filter(Objects::nonNull)
                                .mapToLong(Long::longValue)
                                .sum()
                        == attempts.size();
    }

    private static ModelCalls ofJournal(long startNanos, List<JournalAttempt> journal, List<Model> models) {
        Tally tally = new Tally(startNanos);
        if (models.isEmpty()) {
            tally.add(journal, null);
        }
        int from = 0;
        for (Model model : models) {
            int to = model.attempts() == null ? journal.size() : from + Math.toIntExact(model.attempts());
            tally.add(journal.subList(from, to), model);
            from = to;
        }
        return new ModelCalls(
                tally.backoffMs + tally.providerMs,
                tally.backoffMs,
                tally.providerMs,
                tally.attempts,
                tally.disagreeNanos / 1e6);
    }

    private static ModelCalls ofSpans(long startNanos, TraceSpans spans, List<Model> models, Told told) {
        List<CallAttempts> calls = models.stream()
                .map(model -> CallAttempts.of(startNanos, model, spans.requestsOf(model)))
                .toList();
        List<Attempt> attempts =
                calls.stream().flatMap(call -> call.attempts().stream()).toList();
        boolean known = calls.stream().allMatch(call -> call.providerMs() != null);
        if (known && !overlapping(models)) {
            double backoff = sum(calls, CallAttempts::backoffMs);
            double provider = sum(calls, CallAttempts::providerMs);
            return new ModelCalls(backoff + provider, backoff, provider, attempts, 0);
        }
        double whole = unionMs(models);
        if (models.stream().allMatch(Model::once)) {
            return new ModelCalls(whole, 0.0, whole, attempts, 0);
        }
        Double provider = told.providerMs();
        return new ModelCalls(whole, provider == null ? null : whole - provider, provider, attempts, 0);
    }

    private static double sum(List<CallAttempts> calls, Function<CallAttempts, @Nullable Double> part) {
        return calls.stream()
                .map(part)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private static boolean overlapping(List<Model> models) {
        for (int i = 1; i < models.size(); i++) {
            if (models.get(i).start() < models.get(i - 1).end()) {
                return true;
            }
        }
        return false;
    }

    /** Calls side by side count once: the time in which at least one was under way. */
    private static double unionMs(List<Model> models) {
        long sum = 0;
        long until = Long.MIN_VALUE;
        for (Model model : models) {
            sum += Math.max(0, model.end() - Math.max(model.start(), until));
            until = Math.max(until, model.end());
        }
        return sum / 1e6;
    }

    /** Adds up the attempts of one call after the other. */
    private static final class Tally {
        private final long startNanos;
        private final List<Attempt> attempts = new ArrayList<>();
        private double backoffMs;
        private double providerMs;
        private long disagreeNanos;

        private Tally(long startNanos) {
            this.startNanos = startNanos;
        }

        private void add(List<JournalAttempt> call, @Nullable Model model) {
            JournalAttempt first = call.get(0);
            JournalAttempt last = call.get(call.size() - 1);
            long outside = model == null ? 0 : Math.max(model.start() - first.start(), last.end() - model.end());
            boolean sameClock = outside <= SAME_CLOCK_NANOS;
            if (!sameClock) {
                disagreeNanos = Math.max(disagreeNanos, outside);
            }
            List<Failure> failures = model == null ? List.of() : model.failures();
            for (int i = 0; i < call.size(); i++) {
                JournalAttempt attempt = call.get(i);
                Failure failure = i < failures.size() ? failures.get(i) : null;
                Double wait = i == 0 ? null : waitMs(call.get(i - 1), attempt, sameClock ? at(failures, i - 1) : null);
                backoffMs += wait == null ? 0 : wait;
                providerMs += attempt.durationMs();
                attempts.add(new Attempt(
                        (attempt.start() - startNanos) / 1e6,
                        attempt.durationMs(),
                        wait,
                        attempt.status(),
                        failure == null ? null : failure.error(),
                        attempt.inputTokens(),
                        attempt.outputTokens()));
            }
        }

        private static @Nullable Failure at(List<Failure> failures, int index) {
            return index < failures.size() ? failures.get(index) : null;
        }

        /** The wait begins when the service knows of the failure, if it says when that was. */
        private static double waitMs(JournalAttempt failed, JournalAttempt next, @Nullable Failure known) {
            return (next.start() - (known == null ? failed.end() : known.time())) / 1e6;
        }
    }
}
