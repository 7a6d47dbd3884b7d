package io.bookstore.api.summary;

import static io.bookstore.api.llm.ScriptedProvider.after;
import static io.bookstore.api.llm.ScriptedProvider.silenceAfterTheFirstToken;
import static io.bookstore.api.llm.ScriptedProvider.status;
import static io.bookstore.api.llm.ScriptedProvider.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.RestartableStore;
import io.bookstore.api.llm.ScriptedProvider;
import io.bookstore.testing.OtlpReceiver;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class SummaryStreamControllerTest {

    private static final String ROUTE = "http_route=\"/api/v1/Books/{bookId}/generate-summary/stream\"";

    private final CountDownLatch end = new CountDownLatch(1);
    private final OtlpReceiver collector = OtlpReceiver.start();
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final RestartableStore store = new RestartableStore(this::settings);

    @AfterEach
    void stop() {
        end.countDown();
        store.close();
        provider.close();
        collector.close();
    }

    @Test
    void tokensComeFirstThenTheWholeSummary() {
        provider.next(stream("One two three.", 5, 3));

        HttpResponse<String> answer = store.running().get(path());

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(answer.body())
                .containsSubsequence(
                        "event: token",
                        "{\"text\":\"One\"}",
                        "event: token",
                        "{\"text\":\" two\"}",
                        "event: token",
                        "{\"text\":\" three.\"}",
                        "event: summary",
                        "\"aiGeneratedSummary\":\"One two three.\"",
                        "\"cache\":\"miss\"");
    }

    @Test
    void tokensAreAsCleanAsTheSummary() {
        provider.next(stream("A<img src=x onerror=alert(1)> [tale](javascript:alert) \\u202eof <b two people.", 5, 3));

        String body = store.running().get(path()).body();

        assertThat(body)
                .containsSubsequence(
                        "{\"text\":\"A\"}",
                        "{\"text\":\" tale\"}",
                        "{\"text\":\" of\"}",
                        // No more tells whether that is a tag; it is known at the end.
                        "{\"text\":\" b two people.\"}",
                        "\"aiGeneratedSummary\":\"A tale of b two people.\"")
                .doesNotContain("<", "javascript", "onerror", "\u202e");
    }

    @Test
    void answerThatTheProviderGivesInOnePieceIsOneToken() {
        store.restart(Map.of("bookstore.llm.stream", false));
        provider.next(status(
                200,
                "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\","
                        + "\"content\":[{\"type\":\"text\",\"text\":\"One two three.\"}],"
                        + "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":5,\"output_tokens\":3}}"));

        assertThat(store.running().get(path()).body())
                .containsSubsequence("event: token", "{\"text\":\"One two three.\"}", "event: summary")
                .containsOnlyOnce("event: token");
    }

    @Test
    void streamsAreCountedAmongTheSummariesUnderWay() {
        provider.next(after(end, stream("Late.", 1, 1)));
        CompletableFuture<HttpResponse<String>> first = store.running()
                .client()
                .sendAsync(store.running().request("GET", path(), ""), HttpResponse.BodyHandlers.ofString());
        await().until(() -> provider.received().size() == 1);

        assertThat(active(store.running().get(path() + "?refresh=true"))).isEqualTo(2);
        assertThat(active(store.running().post(summary() + "?refresh=true", "")))
                .isEqualTo(2);
        end.countDown();

        assertThat(active(first.join())).isEqualTo(1);
        await().until(() -> active(store.running().get(path())) == 1);
    }

    // Its head says that there is a stream; nobody reads one, and nothing is asked for it.
    @Test
    void requestForTheHeadOfAStreamIsNoSummaryUnderWay() {
        for (int i = 0; i < 3; i++) {
            assertThat(store.running().send("HEAD", path(), "").statusCode()).isEqualTo(200);
        }

        assertThat(active(store.running().post(summary(), ""))).isEqualTo(1);
        assertThat(provider.received()).hasSize(1);
    }

    private static int active(HttpResponse<String> answer) {
        return Integer.parseInt(
                answer.headers().firstValue("X-Llm-Active-Requests").orElseThrow());
    }

    @Test
    void knownSummaryIsOneToken() {
        store.running().get(path());

        assertThat(store.running().get(path()).body())
                .containsOnlyOnce("event: token")
                .contains("\"text\":\"A tale of two people.\"", "\"cache\":\"hit\"");
    }

    @Test
    void failureOfTheProviderIsAnErrorEvent() {
        provider.always(status(401, "{}"));

        assertThat(store.running().get(path()).body())
                .contains("event: error", "urn:bookstore:problem:provider-unavailable", "\"status\":503");
    }

    @Test
    void badRequestIsAnsweredBeforeTheStreamBegins() {
        assertThat(store.running().get(path() + "?provider=acme").statusCode()).isEqualTo(400);
        assertThat(store.running()
                        .get("/api/v1/Books/xyz/generate-summary/stream")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void streamEndsWithAnErrorEvenIfTheServiceItselfBreaks() {
        store.restart(Map.of("test.failing-judge", true));

        HttpResponse<String> answer = store.running().get(path());

        assertThat(answer.body()).contains("event: error", "urn:bookstore:problem:internal");
    }

    @Test
    void streamIsRecordedOnceWhenItHasEnded() {
        provider.next(after(end, stream("Late.", 1, 1)));
        CompletableFuture<HttpResponse<String>> answer = store.running()
                .client()
                .sendAsync(store.running().request("GET", path(), ""), HttpResponse.BodyHandlers.ofString());
        await().until(() -> provider.received().size() == 1);

        assertThat(store.running().metric("http_server_request_duration_seconds_count", ROUTE))
                .isZero();
        end.countDown();

        assertThat(answer.join().body()).contains("event: summary");
        await().until(() -> store.running().metric("http_server_request_duration_seconds_count", ROUTE) == 1);
    }

    @Test
    void spanOfTheRequestLastsAsLongAsTheCallThatItServes() {
        provider.next(stream("One two three.", 5, 3));

        store.running().get(path());

        Span call = await().until(this::calls, spans -> spans.size() == 1).get(0);
        Span request = await().until(this::requests, spans -> spans.size() == 1).get(0);
        assertThat(call.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(request.getEndTimeUnixNano()).isGreaterThanOrEqualTo(call.getEndTimeUnixNano());
        assertThat(OtlpReceiver.attributes(request)).containsEntry("http.response.status_code", 200L);
    }

    @Test
    void clientThatGoesAwayEndsTheCallAndIsRecorded() throws Exception {
        provider.next(silenceAfterTheFirstToken(end));
        HttpResponse<InputStream> answer = store.running()
                .client()
                .send(store.running().request("GET", path(), ""), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.body().read()).isPositive();

        answer.body().close();

        await().until(() -> store.running().metric("http_server_request_duration_seconds_count", ROUTE) == 1);
        awaitCancelledCall();
        Span call = await().until(this::calls, spans -> spans.size() == 1).get(0);
        assertThat(call.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
        assertThat(call.getEventsList()).extracting(Span.Event::getName).doesNotContain("exception");
        assertThat(OtlpReceiver.attributes(call))
                .containsEntry("llm.outcome", "cancelled")
                .containsEntry("llm.usage.complete", false)
                .doesNotContainKey("error.type");
        assertThat(await().until(this::requests, spans -> spans.size() == 1)
                        .get(0)
                        .getEndTimeUnixNano())
                .isPositive();
    }

    @Test
    void clientThatGoesAwayFromTheOtherRouteEndsTheCallToo() {
        provider.next(silenceAfterTheFirstToken(end));
        CompletableFuture<HttpResponse<String>> answer = store.running()
                .client()
                .sendAsync(store.running().request("POST", summary(), ""), HttpResponse.BodyHandlers.ofString());
        await().until(() -> provider.received().size() == 1);

        answer.cancel(true);

        awaitCancelledCall();
    }

    private String summary() {
        return store.book() + "/generate-summary";
    }

    private String path() {
        return summary() + "/stream";
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = provider.settings();
        settings.put("otel.exporter.otlp.endpoint", collector.endpoint());
        settings.put("otel.bsp.schedule.delay", 100);
        return settings;
    }

    private List<Span> requests() {
        return collector.spans().stream()
                .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER
                        && span.getName().endsWith("/stream"))
                .toList();
    }

    private List<Span> calls() {
        return collector.spans().stream()
                .filter(span -> span.getName().startsWith("chat "))
                .toList();
    }

    private void awaitCancelledCall() {
        await().until(() ->
                store.running().metric("gen_ai_client_operation_duration_seconds_count", "error_type=\"cancelled\"")
                        == 1);
        await().untilAsserted(() ->
                assertThat(store.running().metric("llm_requests_active")).isZero());
    }
}
