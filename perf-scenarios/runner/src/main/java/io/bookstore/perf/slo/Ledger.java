package io.bookstore.perf.slo;

import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.record.RequestRecord.Answer;
import io.bookstore.perf.record.RequestRecord.Attempt;
import io.bookstore.perf.record.RequestRecord.Outcome;
import io.bookstore.perf.slo.Money.ModelBill;
import io.bookstore.perf.slo.Money.Saved;
import io.bookstore.perf.slo.Money.Waste;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up tokens and cost of requests to the model, over the whole run. Not thread-safe. */
final class Ledger {

    /** A service may round the cost of an answer to its fourth decimal. */
    private static final double ROUNDING = 0.02;

    private final Calls told = new Calls();
    private final Calls priced = new Calls();
    private final Calls billed = new Calls();
    private final Calls retries = new Calls();
    private final Calls unused = new Calls();
    private final Calls failedAnswers = new Calls();
    private long cacheTold;
    private long cached;
    private boolean attemptsTold;
    private long requests;

    /** A number of calls, their tokens and their cost. */
    private static final class Calls {
        private long count;
        private double input;
        private double output;
        private double usd;

        private void add(@Nullable Long inputTokens, @Nullable Long outputTokens) {
            count++;
            input += inputTokens == null ? 0 : inputTokens;
            output += outputTokens == null ? 0 : outputTokens;
        }
    }

    /** Takes the record of a request to the model. */
    void add(RequestRecord request) {
        requests++;
        boolean used = request.result().outcome() == Outcome.OK;
        if (request.answer() != null) {
            addAnswer(request.answer(), used);
        }
        List<Attempt> attempts = request.attempts();
        attemptsTold |= !attempts.isEmpty();
        for (int index = 0; index < attempts.size(); index++) {
            Attempt attempt = attempts.get(index);
            boolean billedFor = attempt.inputTokens() != null || attempt.outputTokens() != null;
            if (billedFor) {
                billed.add(attempt.inputTokens(), attempt.outputTokens());
            }
            if (!used || index < attempts.size() - 1) {
                (used ? retries : unused).add(attempt.inputTokens(), attempt.outputTokens());
            }
        }
    }

    boolean empty() {
        return requests == 0;
    }

    private void addAnswer(Answer answer, boolean used) {
        if (answer.cached() != null) {
            cacheTold++;
            cached += answer.cached() ? 1 : 0;
        }
        if (answer.inputTokens() != null && answer.outputTokens() != null) {
            told.add(answer.inputTokens(), answer.outputTokens());
        }
        Double cost = answer.costUsd();
        // An answer from a cache may tell that it cost nothing.
        if (cost != null && cost > 0) {
            priced.add(answer.inputTokens(), answer.outputTokens());
            priced.usd += cost;
        }
        if (!used) {
            failedAnswers.add(answer.inputTokens(), answer.outputTokens());
            failedAnswers.usd += cost == null ? 0 : cost;
        }
    }

    /**
     * The sums as money.
     *
     * @param window scheduled and good requests to the model in the steady window, and what their answers cost
     */
    Money money(Window window, ModelPrices prices, LocalDate day) {
        Calls tokens = billed.count > 0 ? billed : told;
        List<ModelPrices.Row> rows = tokens.count == 0
                ? List.of()
                : prices.at(tokens.input / tokens.count, day).stream()
                        .sorted(Comparator.comparingDouble(
                                (ModelPrices.Row row) -> row.bill(tokens.input, tokens.output)))
                        .toList();
        ModelPrices.Row own = own(rows);
        return new Money(
                priced.count == 0 ? null : priced.usd,
                priced.count,
                window.scheduled(),
                window.good(),
                perThousand(window.usd(), window.scheduled()),
                perThousand(window.usd(), window.good()),
                attemptsTold ? waste(retries, own) : null,
                attemptsTold ? waste(unused, own) : wasteOfAnswers(),
                saved(),
                rows.stream()
                        .map(row -> new ModelBill(
                                row.provider(),
                                row.model(),
                                row.bill(tokens.input, tokens.output),
                                own != null && row.samePrice(own)))
                        .toList());
    }

    /** @param usd null if no answer told a cost */
    record Window(long scheduled, long good, @Nullable Double usd) {}

    private static @Nullable Double perThousand(@Nullable Double usd, long requests) {
        return usd == null || requests == 0 ? null : (Double) (usd / requests * 1000);
    }

    /** The row at which the answers would have cost what they told; null if none comes near. */
    private ModelPrices.@Nullable Row own(List<ModelPrices.Row> rows) {
        return rows.stream()
                .filter(row -> difference(row) <= ROUNDING * priced.usd)
                .min(Comparator.comparingDouble(this::difference))
                .filter(row -> priced.count > 0)
                .orElse(null);
    }

    private double difference(ModelPrices.Row row) {
        return Math.abs(row.bill(priced.input, priced.output) - priced.usd);
    }

    private Waste waste(Calls calls, ModelPrices.@Nullable Row own) {
        if (calls.count > 0 && billed.count == 0) {
            return new Waste(calls.count, null, null, null);
        }
        return new Waste(calls.count, Math.round(calls.input), Math.round(calls.output), usd(calls, own));
    }

    private static @Nullable Double usd(Calls calls, ModelPrices.@Nullable Row own) {
        if (calls.input + calls.output == 0) {
            return 0.0;
        }
        return own == null ? null : (Double) own.bill(calls.input, calls.output);
    }

    /** Null if no failed request told of an answer, for it may have had one all the same. */
    private @Nullable Waste wasteOfAnswers() {
        return failedAnswers.count == 0
                ? null
                : new Waste(
                        failedAnswers.count,
                        Math.round(failedAnswers.input),
                        Math.round(failedAnswers.output),
                        failedAnswers.usd);
    }

    private @Nullable Saved saved() {
        if (cacheTold == 0) {
            return null;
        }
        Double usd =
                cached == 0 ? (Double) 0.0 : priced.count == 0 ? null : (Double) (cached * priced.usd / priced.count);
        return new Saved(cached, usd);
    }
}
