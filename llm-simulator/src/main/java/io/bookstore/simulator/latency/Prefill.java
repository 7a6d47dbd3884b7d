package io.bookstore.simulator.latency;

import io.bookstore.simulator.draw.Draw;

/**
 * The time until the first token: lognormal around a base that grows with the prompt.
 *
 * @param medianMs         median for an empty prompt, in milliseconds, at least 0
 * @param perPromptTokenMs time that an uncached prompt token adds to the median, in milliseconds, at least 0
 * @param sigma            standard deviation of the logarithm, at least 0; 0 always gives the median
 */
public record Prefill(double medianMs, double perPromptTokenMs, double sigma) {

    public Prefill {
        ProfileChecks.requireMillis("prefill.medianMs", medianMs);
        ProfileChecks.requireMillis("prefill.perPromptTokenMs", perPromptTokenMs);
        ProfileChecks.requireSigma("prefill.sigma", sigma);
    }

    double millis(Draw draw, int uncachedPromptTokens) {
        return draw.lognormal(medianMs + perPromptTokenMs * uncachedPromptTokens, sigma);
    }
}
