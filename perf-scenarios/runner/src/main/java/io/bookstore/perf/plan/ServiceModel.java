package io.bookstore.perf.plan;

import java.time.Duration;

/**
 * The service between load generator and provider, in numbers.
 *
 * @param inputTokens  of the prompt of one request to the model, without a history
 * @param maxTokens    most output tokens that the service asks for
 * @param overhead     time that the service and the network add to an answer of the model
 * @param plainRequest time of a request that does not go to the model
 * @param attempts     most attempts of one call, the first one included
 * @param deadline     time after which the service gives a call up
 * @param inputUsd     US dollars for a million input tokens
 * @param outputUsd    US dollars for a million output tokens
 */
public record ServiceModel(
        int inputTokens,
        int maxTokens,
        Duration overhead,
        Duration plainRequest,
        int attempts,
        Duration deadline,
        double inputUsd,
        double outputUsd) {

    // The longest waits before a second and any later attempt; Full jitter, as the BookStore API has it.
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

    public ServiceModel {
        require(inputTokens >= 1, "inputTokens must be at least 1, was ", inputTokens);
        require(maxTokens >= 1, "maxTokens must be at least 1, was ", maxTokens);
        require(attempts >= 1 && attempts <= 10, "attempts must be 1 to 10, was ", attempts);
        require(!overhead.isNegative(), "overhead must not be negative, was ", overhead);
        require(!plainRequest.isNegative(), "plainRequest must not be negative, was ", plainRequest);
        require(deadline.compareTo(Duration.ZERO) > 0, "deadline must be above 0, was ", deadline);
        require(inputUsd >= 0 && outputUsd >= 0, "prices must not be negative, were ", inputUsd + " and " + outputUsd);
    }

    /** The BookStore API with its default settings, at the list price of Claude Sonnet in November 2026. */
    public static ServiceModel bookStore() {
        return new ServiceModel(138, 500, Duration.ofMillis(8), Duration.ofMillis(5), 3, Duration.ofSeconds(30), 3, 15);
    }

    /** The same with prompts of another length, at least one token. */
    public ServiceModel withInputTokens(int value) {
        return new ServiceModel(value, maxTokens, overhead, plainRequest, attempts, deadline, inputUsd, outputUsd);
    }

    /** The same with at most so many attempts of one call, 1 to 10. */
    public ServiceModel withAttempts(int value) {
        return new ServiceModel(inputTokens, maxTokens, overhead, plainRequest, value, deadline, inputUsd, outputUsd);
    }

    /** The same with another time that the service adds to an answer of the model. */
    public ServiceModel withOverhead(Duration value) {
        return new ServiceModel(inputTokens, maxTokens, value, plainRequest, attempts, deadline, inputUsd, outputUsd);
    }

    /** The same at another price, in US dollars for a million tokens. */
    public ServiceModel withPrice(double input, double output) {
        return new ServiceModel(inputTokens, maxTokens, overhead, plainRequest, attempts, deadline, input, output);
    }

    /** The longest wait before the next attempt, unless the provider asks for more. */
    long longestWaitNanos(int attemptsMade) {
        return Math.min(LONGEST_WAIT.toNanos(), FIRST_WAIT.toNanos() << Math.min(20, attemptsMade - 1));
    }

    double usd(long input, long output) {
        return (input * inputUsd + output * outputUsd) / 1e6;
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + value);
        }
    }
}
