package io.bookstore.api.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.llm.budget.CallCosts;
import io.bookstore.api.llm.call.ChatParameters;
import io.bookstore.api.llm.call.Deadline;
import io.bookstore.api.llm.call.LlmException;
import io.bookstore.api.llm.call.LlmRequest;
import io.bookstore.api.llm.provider.AnswerWatch;
import io.bookstore.api.llm.provider.ChatClient;
import io.bookstore.api.llm.provider.ProviderConfig;
import io.bookstore.api.llm.provider.ProviderKind;
import io.bookstore.api.llm.provider.StreamObserver;
import io.bookstore.api.llm.resilience.ProviderGuard;
import io.bookstore.api.llm.resilience.ResilienceConfig;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.budget.Amount;
import io.bookstore.llm.budget.TokenBudget;
import io.bookstore.llm.cost.PriceList;
import io.bookstore.llm.operation.InferenceRequest;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProviderAttemptTest {

    private final ProviderConfig config = new ProviderConfig(
            "anthropic", ProviderKind.ANTHROPIC, "http://localhost", "key", "", "claude-sonnet-4-5", "", 0, 10);
    private final ProviderGuard guard = guard(0);

    @Test
    void errorOfOurOwnKeepsNoneOfThePlacesOfAHalfOpenBreaker() {
        ProviderAttempt failing = attempt(refused("down"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> failing.make(watch())).isInstanceOf(LlmException.class);
        }
        await().until(() -> !guard.open());
        ProviderAttempt broken = attempt((request, deadline, watch) -> {
            throw new StackOverflowError("ours");
        });

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> broken.make(watch())).isInstanceOf(StackOverflowError.class);
        }

        assertThat(broken.totals().attempts()).isEqualTo(5);
    }

    @Test
    void waitForATurnIsNoTimeOfTheProvider() {
        long begin = System.nanoTime();
        // Turns are half a second apart.
        ProviderAttempt attempt = attempt(refused("down"), guard(120));

        assertThatThrownBy(() -> attempt.make(watch())).isInstanceOf(LlmException.class);
        long endOfTheFirst = System.nanoTime();
        assertThatThrownBy(() -> attempt.make(watch())).isInstanceOf(LlmException.class);
        long endOfTheSecond = System.nanoTime();

        long beginOfTheSecond = begin + Duration.ofMillis(500).toNanos();
        assertThat(attempt.totals().providerTime())
                .isLessThanOrEqualTo(Duration.ofNanos(endOfTheFirst - begin + endOfTheSecond - beginOfTheSecond));
    }

    private ProviderGuard guard(int perMinute) {
        return new ProviderGuard(
                new ProviderConfig(
                        "anthropic",
                        ProviderKind.ANTHROPIC,
                        "http://localhost",
                        "key",
                        "",
                        "claude-sonnet-4-5",
                        "",
                        perMinute,
                        10),
                new ResilienceConfig(
                        1,
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        20,
                        2,
                        50,
                        Duration.ofMillis(1),
                        Duration.ofMinutes(1),
                        0));
    }

    private static ChatClient refused(String reason) {
        return (request, deadline, watch) -> {
            throw new IOException(reason);
        };
    }

    private ProviderAttempt attempt(ChatClient client) {
        return attempt(client, guard);
    }

    private ProviderAttempt attempt(ChatClient client, ProviderGuard of) {
        return new ProviderAttempt(
                new LlmProviders.Provider(config, client, of, false),
                new LlmRequest(
                        "anthropic",
                        "claude-sonnet-4-5",
                        true,
                        "Summarize.",
                        "{}",
                        new ChatParameters(0.7, 100),
                        "key",
                        null,
                        "summary-1",
                        Deadline.in(Duration.ofMinutes(10))),
                new CallCosts(PriceList.bundled()),
                TokenBudget.perDay(Amount.usd(new BigDecimal("10"))),
                new AttemptTotals());
    }

    private static AnswerWatch watch() {
        return new AnswerWatch(
                GenAiTelemetry.create(OpenTelemetry.noop())
                        .start(InferenceRequest.chat("anthropic", "claude-sonnet-4-5")
                                .build()),
                new StreamObserver(null));
    }
}
