package io.bookstore.api.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.InferenceRequest;
import io.bookstore.llm.cost.PriceList;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttemptTest {

    private final ProviderConfig config = new ProviderConfig(
            "anthropic", ProviderKind.ANTHROPIC, "http://localhost", "key", "", "claude-sonnet-4-5", "", 0, 10);
    private final ProviderGuard guard = new ProviderGuard(
            config,
            new ResilienceConfig(
                    1, Duration.ofMillis(1), Duration.ofMillis(1), 20, 2, 50, Duration.ofMillis(1), Duration.ZERO, 0));

    @Test
    void errorOfOurOwnKeepsNoneOfThePlacesOfAHalfOpenBreaker() {
        Attempt failing = attempt(refused("down"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> failing.make(watch())).isInstanceOf(LlmException.class);
        }
        await().until(() -> !guard.open());
        Attempt broken = attempt((request, deadline, watch) -> {
            throw new StackOverflowError("ours");
        });

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> broken.make(watch())).isInstanceOf(StackOverflowError.class);
        }

        assertThat(broken.effort().attempts()).isEqualTo(5);
    }

    private static ChatClient refused(String reason) {
        return (request, deadline, watch) -> {
            throw new IOException(reason);
        };
    }

    private Attempt attempt(ChatClient client) {
        return new Attempt(
                new LlmProviders.Provider(config, client, guard, false),
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
                        Deadline.in(Duration.ofSeconds(30))),
                new CallCosts(PriceList.bundled()),
                new DailyBudget(new BigDecimal("10"), Clock.systemUTC(), new SimpleMeterRegistry()),
                new Effort());
    }

    private static AnswerWatch watch() {
        return new AnswerWatch(
                GenAiTelemetry.create(OpenTelemetry.noop())
                        .start(InferenceRequest.chat("anthropic", "claude-sonnet-4-5")
                                .build()),
                new Audience(null));
    }
}
