package io.bookstore.api.llm.call;

/**
 * The parameters by which a model writes.
 *
 * @param temperature 0 to 2
 * @param maxOutputTokens the longest answer paid for, at least 1
 */
public record ChatParameters(double temperature, int maxOutputTokens) {

    public ChatParameters {
        if (!(temperature >= 0 && temperature <= 2)) {
            throw new IllegalArgumentException("temperature must be 0 to 2, was " + temperature);
        }
        if (maxOutputTokens < 1) {
            throw new IllegalArgumentException("max-output-tokens must be >= 1, was " + maxOutputTokens);
        }
    }
}
