package io.bookstore.simulator.verdict;

import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Asked;
import io.bookstore.simulator.journal.Attempt.Key;
import io.bookstore.simulator.journal.Attempt.Outcome;
import io.bookstore.simulator.journal.Attempt.Result;
import io.bookstore.simulator.journal.Attempt.Timing;
import io.bookstore.simulator.journal.ChunkTimes;
import io.bookstore.simulator.wire.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down what a client does, at times that no test has to wait for. */
final class JournalOfAClient {

    private final String provider;
    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Boolean> reports = new HashMap<>();
    private String model = "m";
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    JournalOfAClient(String provider) {
        this.provider = provider;
    }

    JournalOfAClient after(double ms) {
        now = now.plus(Duration.ofNanos(Math.round(ms * 1e6)));
        return this;
    }

    JournalOfAClient toModel(String name) {
        model = name;
        return this;
    }

    /** So many calls that are answered, one a second. */
    JournalOfAClient answered(int calls) {
        for (int i = 0; i < calls; i++) {
            after(1_000).answered("good-" + attempts.size());
        }
        return this;
    }

    JournalOfAClient answered(String key) {
        return add(key, 200, Outcome.COMPLETED, null, null, new Timing(null, 0));
    }

    JournalOfAClient failed(String key, int status) {
        return failed(key, status, null);
    }

    JournalOfAClient failed(String key, int status, @Nullable Double retryAfterMs) {
        return add(key, status, Outcome.REFUSED, String.valueOf(status), retryAfterMs, null);
    }

    JournalOfAClient reset(String key) {
        return add(key, 0, Outcome.CUT, "reset-before-headers", null, new Timing(null, 0));
    }

    JournalOfAClient stalled(String key, Outcome outcome, long ms) {
        return add(key, 200, outcome, "stall:" + ms, null, new Timing(null, ms));
    }

    JournalOfAClient malformed(String key, Outcome outcome) {
        return add(key, 200, outcome, "malformed-frame:3", null, new Timing(null, 0));
    }

    JournalOfAClient reported(String key) {
        reports.put(key, false);
        return this;
    }

    Verdict verdict(String name) {
        return ClientVerdicts.of(attempts, reports).get(0).verdicts().stream()
                .filter(verdict -> verdict.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private JournalOfAClient add(
            String key,
            int status,
            Outcome outcome,
            @Nullable String fault,
            @Nullable Double retryAfterMs,
            @Nullable Timing times) {
        attempts.add(new Attempt(
                attempts.size() + 1,
                new Key(key, counts.merge(key, 1, Integer::sum), "1f2e"),
                now,
                new Asked(provider, Operation.CHAT, model, true),
                new Result(status, outcome, null, fault, retryAfterMs, null),
                times,
                times == null ? new Timing(null, 0) : times,
                null,
                ChunkTimes.NONE));
        return this;
    }
}
