package io.bookstore.perf.run;

import io.bookstore.perf.stack.Spending;
import java.util.Locale;

/**
 * The cost of one request to the model.
 *
 * @param source source of the figure, in a few words
 */
public record RequestPrice(double usd, String source) {

    // What the BookStore API's prompt and a summary of two or three sentences measure; Claude Sonnet, as of November
    // 2026.
    private static final int INPUT_TOKENS = 200;
    private static final int OUTPUT_TOKENS = 150;
    private static final double INPUT_USD_PER_MILLION = 3;
    private static final double OUTPUT_USD_PER_MILLION = 15;

    /** The service's own average where it has one, else that of the planned answers. */
    static RequestPrice of(Spending spent, ExpectedLoad load) {
        if (spent.requests() > 0 && spent.usd() > 0) {
            return new RequestPrice(
                    spent.usd() / spent.requests(),
                    "the average of the " + spent.requests() + " that this service has counted");
        }
        ExpectedLoad.Planned planned = load.planned();
        return planned == null || load.requests() == 0
                ? assumed(INPUT_TOKENS, OUTPUT_TOKENS)
                : assumed(planned.inputTokens() / load.requests(), planned.outputTokens() / load.requests());
    }

    private static RequestPrice assumed(double input, double output) {
        return new RequestPrice(
                (input * INPUT_USD_PER_MILLION + output * OUTPUT_USD_PER_MILLION) / 1e6,
                String.format(
                        Locale.ROOT,
                        "assumed: %.0f tokens in at $%.0f and %.0f out at $%.0f a million",
                        input,
                        INPUT_USD_PER_MILLION,
                        output,
                        OUTPUT_USD_PER_MILLION));
    }
}
