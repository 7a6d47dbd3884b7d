package io.bookstore.perf.run;

import io.bookstore.perf.stack.Spending;

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

    /** The service's own average where it has one. */
    static RequestPrice of(Spending spent) {
        return spent.requests() > 0 && spent.usd() > 0
                ? new RequestPrice(
                        spent.usd() / spent.requests(),
                        "the average of the " + spent.requests() + " that this service has counted")
                : new RequestPrice(
                        INPUT_TOKENS * INPUT_USD_PER_MILLION / 1e6 + OUTPUT_TOKENS * OUTPUT_USD_PER_MILLION / 1e6,
                        "assumed: %d tokens in at $%.0f and %d out at $%.0f a million"
                                .formatted(INPUT_TOKENS, INPUT_USD_PER_MILLION, OUTPUT_TOKENS, OUTPUT_USD_PER_MILLION));
    }
}
