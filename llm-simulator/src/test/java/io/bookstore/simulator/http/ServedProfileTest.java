package io.bookstore.simulator.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.simulator.HandClock;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Outcome;
import io.bookstore.simulator.journal.Journal;
import io.bookstore.simulator.latency.Prefill;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.simulation.Behaviour;
import io.bookstore.simulator.simulation.Script;
import io.bookstore.simulator.simulation.Simulation;
import io.bookstore.simulator.simulation.Step;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A profile is kept by all that a request goes through: route, wire format, limits, slots, text and steps. The clock is moved by
 * hand and nobody sleeps: what is measured is when each step is due.
 */
class ServedProfileTest {

    private static final int REQUESTS = 20_000;
    private static final String PATH = "/v1/chat/completions";

    // Quantiles of the standard normal distribution.
    private static final Map<Double, Double> Z = Map.of(0.10, -1.28155, 0.50, 0.0, 0.90, 1.28155, 0.95, 1.64485);

    private final Profile profile = Profiles.named("sonnet-class");
    private final HandClock clock = new HandClock();
    private final Journal journal = new Journal(1);
    private final Router router = new Router(new Simulation(Behaviour.defaults().withProfile(profile), journal, clock));

    @Test
    void firstTokenAndPaceOfWhoIsAloneAreThoseOfTheProfile() {
        double[] firstMs = new double[REQUESTS];
        double[] tokenMs = new double[REQUESTS];
        int promptTokens = 0;
        for (int i = 0; i < REQUESTS; i++) {
            // One is done, stalls included, before the next comes.
            clock.forward(Duration.ofMinutes(2));
            Attempt attempt = served("request-" + i, firstMs, tokenMs, i);
            promptTokens = requireNonNull(attempt.result().tokens()).input();
            assertThat(attempt.waiting()).isNull();
        }
        Arrays.sort(firstMs);
        Arrays.sort(tokenMs);

        Prefill prefill = profile.latency().prefill();
        double median = prefill.medianMs() + prefill.perPromptTokenMs() * promptTokens;
        Z.forEach((share, z) -> assertQuantile(firstMs, share, median * Math.exp(prefill.sigma() * z)));
        assertQuantile(tokenMs, 0.5, profile.latency().decode().tokenMs());
    }

    @Test
    void whoFindsEveryOtherSlotBusyIsServedAsMuchSlower() {
        int slots = profile.serving().slots();
        for (int i = 0; i < slots; i++) {
            served("request-" + i, new double[slots], new double[slots], i);
        }

        assertThat(journal.attempts().get(0).waiting())
                .isEqualTo(new Attempt.Waiting(0, 0, profile.serving().loadFactor()));
    }

    private Attempt served(String key, double[] firstMs, double[] tokenMs, int i) {
        Script script = router.answer(PATH, request(key));
        long first = -1;
        long end = 0;
        while (script.steps().hasNext()) {
            Step step = script.steps().next();
            if (first < 0 && step instanceof Step.Part part && part.content()) {
                first = part.atNanos();
            }
            end = step.atNanos();
        }
        requireNonNull(script.entry()).end(Outcome.COMPLETED, end);
        Attempt attempt = journal.attempts().get(0);
        int tokens = requireNonNull(attempt.result().tokens()).output();
        firstMs[i] = first / 1e6;
        tokenMs[i] = (end - first) / 1e6 / (tokens - 1);
        return attempt;
    }

    private static FullHttpRequest request(String key) {
        String body = "{\"model\":\"gpt-4o\",\"stream\":true,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Summarize \\\"Emma\\\" by Jane Austen\"}]}";
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.POST, PATH, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        request.headers().set("authorization", "Bearer any").set("x-request-id", key);
        return request;
    }

    private static void assertQuantile(double[] sorted, double share, double expected) {
        double measured = sorted[(int) Math.round(share * (sorted.length - 1))];
        assertThat(measured).as("quantile %s", share).isCloseTo(expected, within(0.02 * expected));
    }
}
