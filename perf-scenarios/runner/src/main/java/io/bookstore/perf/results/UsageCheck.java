package io.bookstore.perf.results;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.results.UsageTotals.Total;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tokens and money that answers told, against those that another party counted for the calls behind them.
 *
 * <p>What can be compared follows from the numbers of answers and calls:
 *
 * <ul>
 *   <li>As many calls as answers: each answer has one call, so the sums must be equal.
 *   <li>More calls than answers: retries, streams that broke off and answers that came after the client had gone used tokens
 *       that no answer shows, so the answers may tell less, and never more.
 *   <li>Fewer calls than answers: some answers came from a cache that tells the tokens of the first call, or from a provider
 *       that this party does not see. Nothing can be said.
 * </ul>
 *
 * <p>An answer from the cache of the BookStore, or one that waited for the same call, tells no tokens and no cost, so it is
 * no answer here.
 */
final class UsageCheck {

    /** Tokens are whole numbers; half a one is only the way to compare sums of doubles. */
    private static final double TOKEN_ROUNDING = 0.5;

    /** A service may round the cost of an answer to its fourth decimal: at 0.2 cents this is up to 2 %, on average none. */
    private static final double COST_ROUNDING = 0.02;

    private final UsageTotals told;

    UsageCheck(UsageTotals told) {
        this.told = told;
    }

    /** A sentence for each difference, with both figures; none without a difference or without anything to compare. */
    List<String> differences(String party, @Nullable UsageTotals counted) {
        List<String> sentences = new ArrayList<>();
        if (counted != null) {
            addDifference(sentences, told.input(), counted.input(), "%,.0f input tokens", party, TOKEN_ROUNDING, 0);
            addDifference(sentences, told.output(), counted.output(), "%,.0f output tokens", party, TOKEN_ROUNDING, 0);
            addDifference(sentences, told.usd(), counted.usd(), "$%.6f", party, 0, COST_ROUNDING);
        }
        return sentences;
    }

    private static void addDifference(
            List<String> sentences,
            @Nullable Total answers,
            @Nullable Total calls,
            String format,
            String party,
            double absolute,
            double relative) {
        if (answers == null || calls == null || calls.calls() < answers.calls()) {
            return;
        }
        double rounding = absolute + relative * calls.amount();
        boolean more = answers.amount() > calls.amount() + rounding;
        boolean less = answers.amount() < calls.amount() - calls.cached() - rounding;
        if (more || (less && calls.calls() == answers.calls())) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "%s told " + format + ", %s " + format + " of %s.",
                    Quantity.count(answers.calls(), "answer"),
                    answers.amount(),
                    party,
                    calls.amount(),
                    Quantity.count(calls.calls(), "call")));
        }
    }
}
