package io.bookstore.api.llm.call;

import io.bookstore.llm.budget.Amount;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The way providers are called, from {@code bookstore.llm}.
 *
 * @param provider name of the provider to ask unless a request names another; one below {@code
 *     bookstore.llm.providers}
 * @param fallbacks names of the providers to ask when that one fails, in order, such as {@code openai,ollama}
 * @param deadline how long a client waits for a summary, retries included; above 0; a stop of the
 *     service (Docker, Kubernetes) must give it 10s more
 * @param stream whether answers are streamed, which is how the time to first token is measured
 * @param maxOutputTokens longest answer paid for, in tokens; at least 1
 * @param temperature how freely the model writes; 0 to 2
 * @param dailyBudgetUsd most that real providers may cost between two midnights UTC, in US dollars; 0 to 9,000,000
 */
@ConfigurationProperties("bookstore.llm")
public record LlmConfig(
        @Bindable(defaultValue = "anthropic") String provider,
        @Bindable(defaultValue = "") String fallbacks,
        @Bindable(defaultValue = "30s") Duration deadline,
        @Bindable(defaultValue = "true") boolean stream,
        @Bindable(defaultValue = "500") int maxOutputTokens,
        @Bindable(defaultValue = "0.7") double temperature,
        @Bindable(defaultValue = "10") BigDecimal dailyBudgetUsd) {

    public LlmConfig {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("bookstore.llm.deadline must be > 0, was " + deadline);
        }
        if (maxOutputTokens < 1) {
            throw new IllegalArgumentException("bookstore.llm.max-output-tokens must be >= 1, was " + maxOutputTokens);
        }
        if (!(temperature >= 0 && temperature <= 2)) {
            throw new IllegalArgumentException("bookstore.llm.temperature must be 0 to 2, was " + temperature);
        }
        if (dailyBudgetUsd.signum() < 0) {
            throw new IllegalArgumentException("bookstore.llm.daily-budget-usd must be >= 0, was " + dailyBudgetUsd);
        }
        if (dailyBudgetUsd.compareTo(Amount.Unit.USD.largestLimit().value()) > 0) {
            throw new IllegalArgumentException(
                    "bookstore.llm.daily-budget-usd must be <= 9000000, was " + dailyBudgetUsd.toPlainString());
        }
    }

    /** The parameters by which models write unless a variant says otherwise. */
    public ChatParameters parameters() {
        return new ChatParameters(temperature, maxOutputTokens);
    }

    /** The names of those to ask when the first one fails, in order. */
    public List<String> fallbackNames() {
        return Stream.of(fallbacks.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
