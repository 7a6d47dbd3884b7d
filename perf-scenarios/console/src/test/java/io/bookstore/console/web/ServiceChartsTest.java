package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.console.web.WatchedService.Look;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The charts of the service, from the text of its metrics. */
class ServiceChartsTest {

    @SuppressWarnings("NullAway.Init")
    private TestService service;

    @SuppressWarnings("NullAway.Init")
    private WatchedService watched;

    @BeforeEach
    void start() throws Exception {
        service = new TestService().answer("/health", 200, "{'status':'UP'}");
        watched = new WatchedService(service.address(), Duration.ofMinutes(5));
    }

    @AfterEach
    void end() {
        watched.close();
        service.close();
    }

    @Test
    void countersAreRatesAndHistogramsPercentiles() throws Exception {
        service.answer("/metrics", 200, TestService.metrics(10));
        watched.look(0);
        service.answer("/metrics", 200, TestService.metrics(20));

        Look shown = watched.look(5);

        assertThat(shown.json().at("/metrics/secondsAgo").toString()).isEqualTo("[5.0,0.0]");
        assertThat(shown.has("/metrics/sentence")).isFalse();
        assertThat(shown.values("Requests a second", "LLM")).containsExactly(null, 2.0);
        assertThat(shown.values("Requests a second", "other")).containsExactly(null, 4.0);
        assertThat(shown.values("P95 of requests", "LLM")).containsExactly(null, 1.95);
        assertThat(shown.values("Error answers a second", "404")).containsExactly(null, 4.0);
        assertThat(shown.values("LLM calls a second", "completed")).containsExactly(null, 2.0);
        assertThat(shown.values("LLM calls a second", "failed")).containsExactly(null, 0.0);
        assertThat(shown.values("Tokens a second", "input")).containsExactly(null, 200.0);
        assertThat(shown.values("Dollars a minute", "")).containsExactly(null, 0.12);
        assertThat(shown.values("Failed attempts a second", "rate_limited")).containsExactly(null, 2.0);
        assertThat(shown.values("Heap", "")).containsExactly(1e8, 1e8);
        assertThat(shown.text("/metrics/charts/5/unit")).isEqualTo("usdPerMinute");
        assertThat(shown.json().at("/metrics/missing").toString()).isEqualTo("[\"P95 of LLM calls\",\"Threads\"]");
    }

    @Test
    void figuresAreThoseOfNow() throws Exception {
        service.answer("/metrics", 200, TestService.metrics(10));

        watched.look(0);
        JsonNode figures = watched.look(5).json().at("/metrics/figures");

        assertThat(figures)
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"title\":\"LLM calls in flight\",\"unit\":\"count\",\"lines\":[{\"name\":\"\",\"values\":[3.0]}]}",
                        "{\"title\":\"Circuit breaker\",\"unit\":\"open\",\"lines\":[{\"name\":\"anthropic\",\"values\":[1.0]},"
                                + "{\"name\":\"openai\",\"values\":[0.0]}]}",
                        "{\"title\":\"Left of the provider's limits\",\"unit\":\"count\","
                                + "\"lines\":[{\"name\":\"requests\",\"values\":[48.0]}]}",
                        "{\"title\":\"Budget left today\",\"unit\":\"usd\",\"lines\":[{\"name\":\"\",\"values\":[9.87]}]}");
    }

    @Test
    void countersOfARestartedServiceBeginAtZeroAgain() throws Exception {
        service.answer("/metrics", 200, TestService.metrics(100));
        watched.look(0);
        service.answer("/metrics", 200, TestService.metrics(110));
        watched.look(5);
        service.answer("/metrics", 200, TestService.metrics(4));

        assertThat(watched.look(5).values("Requests a second", "LLM")).containsExactly(null, 2.0, 1.4);
    }

    @Test
    void lineHasAGapWhileThereAreNoMetrics() throws Exception {
        service.answer("/metrics", 200, TestService.metrics(10));
        watched.look(0);
        service.answer("/metrics", 500, "");
        Look without = watched.look(5);
        service.answer("/metrics", 200, TestService.metrics(30));
        Look again = watched.look(5);

        assertThat(without.text("/metrics/sentence")).isEqualTo(service.address() + "/metrics answers 500.");
        assertThat(without.values("Heap", "")).containsExactly(1e8, null);
        assertThat(again.values("Heap", "")).containsExactly(1e8, null, 1e8);
        assertThat(again.values("Requests a second", "LLM")).containsExactly(null, null, 2.0);
        assertThat(again.has("/metrics/sentence")).isFalse();
    }

    @Test
    void timeThatNobodyHasLookedAtIsAGapAndWhatIsOldGoes() throws Exception {
        service.answer("/metrics", 200, TestService.metrics(10));
        watched.look(0);
        service.answer("/metrics", 200, TestService.metrics(9_000));
        watched.look(8 * 60);
        service.answer("/metrics", 200, TestService.metrics(9_010));
        Look shown = watched.look(5);
        Look later = watched.look(8 * 60);

        assertThat(shown.values("Requests a second", "LLM")).containsExactly(null, null, null, 2.0);
        assertThat(shown.json().at("/metrics/secondsAgo").toString()).isEqualTo("[485.0,5.0,5.0,0.0]");
        assertThat(later.json().at("/metrics/secondsAgo").toString()).isEqualTo("[485.0,485.0,480.0,0.0,0.0]");
    }

    @Test
    void ratesAreThoseOfTheLastThirtySeconds() throws Exception {
        List<Integer> summaries = List.of(0, 600, 600, 600, 600, 600, 600, 600);
        Look shown = watched.look(0);
        for (int count : summaries) {
            service.answer("/metrics", 200, TestService.metrics(count));
            shown = watched.look(5);
        }

        List<Double> rates = shown.values("Requests a second", "LLM");
        assertThat(rates.subList(2, 9)).containsExactly(120.0, 60.0, 40.0, 30.0, 24.0, 20.0, 0.0);
    }

    @Test
    void serviceOfMicrometerIsFoundAndItsNamesAreKnown() throws Exception {
        String series = "http_server_requests_seconds_count{uri='/chat/completions',status='503'} ";
        service.answer("/actuator/prometheus", 200, series + 5);
        watched.look(0);
        service.takeAsked();
        service.answer("/actuator/prometheus", 200, series + 15);

        Look shown = watched.look(5);

        assertThat(shown.values("Requests a second", "LLM")).containsExactly(null, 2.0);
        assertThat(shown.values("Error answers a second", "503")).containsExactly(null, 2.0);
        assertThat(service.takeAsked()).containsExactly("/health", "/actuator/prometheus");
    }

    @Test
    void labelWithManyValuesHasFewLines() throws Exception {
        service.answer("/metrics", 200, "llm_attempts_total{error_type='none'} 1");
        watched.look(0);
        service.answer(
                "/metrics",
                200,
                IntStream.range(0, 100)
                        .mapToObj(i -> "llm_attempts_total{error_type='<b>%s%d'} 5"
                                .formatted("x".repeat(i == 0 ? 1_000 : 0), i))
                        .collect(Collectors.joining("\n")));

        Look shown = watched.look(5);

        assertThat(shown.lines("Failed attempts a second"))
                .containsExactly("<b>" + "x".repeat(37) + "…", "<b>1", "<b>2", "<b>3", "others");
        assertThat(shown.values("Failed attempts a second", "others")).containsExactly(null, 96.0);
    }

    @Test
    void numbersThatAreNoneAreUnknown() throws Exception {
        service.answer("/metrics", 200, """
                llm_budget_remaining_usd NaN
                llm_requests_active 1e308
                llm_requests_active{a='b'} 1e308
                jvm_threads_live_threads +Inf
                """);

        Look shown = watched.look(0);

        assertThat(shown.json().at("/metrics/figures").toString())
                .isEqualTo(
                        "[{\"title\":\"LLM calls in flight\",\"unit\":\"count\",\"lines\":[{\"name\":\"\",\"values\":[null]}]}]");
    }
}
