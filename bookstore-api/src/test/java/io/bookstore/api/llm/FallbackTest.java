package io.bookstore.api.llm;

import static io.bookstore.api.RunningStore.json;
import static io.bookstore.api.llm.ScriptedProvider.brokenStream;
import static io.bookstore.api.llm.ScriptedProvider.late;
import static io.bookstore.api.llm.ScriptedProvider.status;
import static io.bookstore.api.llm.ScriptedProvider.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.api.RestartableStore;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two providers: {@code anthropic}, and {@code second}, which stands in for it. */
@Execution(ExecutionMode.CONCURRENT)
class FallbackTest {

    private final ScriptedProvider first = ScriptedProvider.start();
    private final ScriptedProvider second = ScriptedProvider.start();
    private final RestartableStore store = new RestartableStore(this::settings);

    @AfterEach
    void stop() {
        store.close();
        first.close();
        second.close();
    }

    @Test
    void nextProviderAnswersForTheOneThatFails() {
        first.always(status(401, "{}"));
        second.next(stream("From the second.", 5, 4));

        JsonNode summary = json(summarize(""));

        assertThat(summary.get("aiGeneratedSummary").asText()).isEqualTo("From the second.");
        assertThat(summary.get("provider").asText()).isEqualTo("second");
        assertThat(store.running()
                        .metric("llm_fallbacks_total", "provider=\"anthropic\"", "error_type=\"authentication\""))
                .isEqualTo(1);
    }

    @Test
    void timeAndAttemptsOfTheOneThatFailedCountToo() {
        first.always(late(Duration.ofMillis(150), status(500, "{}")));

        JsonNode summary = json(summarize(""));

        assertThat(summary.get("provider").asText()).isEqualTo("second");
        assertThat(summary.get("attempts").asInt()).isEqualTo(4);
        assertThat(summary.get("providerMs").asDouble()).isGreaterThanOrEqualTo(450);
    }

    @Test
    void clientGetsTheFirstReasonWhenAllFail() {
        first.always(status(429, "{}", "Retry-After", "3600"));
        second.always(status(500, "{}"));

        HttpResponse<String> answer = summarize("");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("3600");
        assertThat(second.received()).hasSize(3);
    }

    @Test
    void providerThatTheClientChoseHasNoStandIn() {
        first.always(status(401, "{}"));

        assertThat(summarize("&provider=anthropic").statusCode()).isEqualTo(503);
        assertThat(second.received()).isEmpty();
    }

    @Test
    void modelThatTheVariantChoseHasNoStandIn() {
        store.restart(
                Map.of("bookstore.variants.small.weight", 0, "bookstore.variants.small.model", "claude-haiku-4-5"));
        first.always(status(401, "{}"));

        assertThat(summarize("&variant=small").statusCode()).isEqualTo(503);
        assertThat(first.received().get(0).body()).contains("claude-haiku-4-5");
        assertThat(second.received()).isEmpty();
    }

    @Test
    void modelThatTheVariantChoseIsNotExchangedForThatOfAnotherProvider() {
        store.restart(Map.of(
                "bookstore.llm.provider", "openai",
                "bookstore.variants.small.weight", 0,
                "bookstore.variants.small.model", "gpt-4o"));

        assertThat(summarize("&variant=small").statusCode()).isEqualTo(503);
        assertThat(second.received()).isEmpty();
    }

    @Test
    void providerThatTheClientChoseIsNotAnsweredForFromTheCacheEither() {
        first.next(status(401, "{}"));
        second.next(stream("From the second.", 5, 4));
        store.running().post(path(""), "");

        JsonNode chosen = json(store.running().post(path("") + "?provider=anthropic", ""));

        assertThat(chosen.get("provider").asText()).isEqualTo("anthropic");
        assertThat(chosen.get("cache").asText()).isEqualTo("miss");
    }

    @Test
    void readerOfHalfAnAnswerDoesNotGetAnother() {
        first.always(brokenStream());

        HttpResponse<String> answer = store.running().get(path("/stream") + "?refresh=true");

        assertThat(answer.body()).contains("event: error").doesNotContain("event: summary");
        assertThat(second.received()).isEmpty();
    }

    @Test
    void providerWithoutAKeyIsPassedOver() {
        store.restart(Map.of("bookstore.llm.provider", "openai"));

        assertThat(json(summarize("")).get("provider").asText()).isEqualTo("second");
    }

    @Test
    void onlyModelsThatAreOfferedMayBeAskedFor() {
        store.restart(Map.of("bookstore.llm.providers.anthropic.models", "claude-haiku-4-5, claude-opus-4-5"));

        assertThat(summarize("&model=claude-haiku-4-5").statusCode()).isEqualTo(200);
        assertThat(first.received().get(0).body()).contains("\"claude-haiku-4-5\"");
        HttpResponse<String> other = summarize("&model=gpt-99");
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(json(other).at("/errors/0/field").asText()).isEqualTo("model");
        assertThat(json(other).at("/errors/0/rule").asText())
                .isEqualTo("must be one of [claude-sonnet-4-5, claude-haiku-4-5, claude-opus-4-5]");
    }

    @Test
    void keyMayBeInAFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("key"), "key-from-file\n");
        store.restart(Map.of(
                "bookstore.llm.providers.anthropic.api-key",
                "",
                "bookstore.llm.providers.anthropic.api-key-file",
                file.toString()));

        assertThat(summarize("").statusCode()).isEqualTo(200);
        assertThat(first.received().get(0).headers()).containsEntry("x-api-key", "key-from-file");
    }

    private HttpResponse<String> summarize(String parameters) {
        return store.running().post(path("") + "?refresh=true" + parameters, "");
    }

    private String path(String end) {
        return store.book() + "/generate-summary" + end;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = first.settings();
        settings.put("bookstore.llm.fallbacks", "second");
        settings.put("bookstore.llm.providers.second.kind", "anthropic");
        settings.put("bookstore.llm.providers.second.base-url", second.uri() + "/v1");
        settings.put("bookstore.llm.providers.second.api-key", "test-key");
        settings.put("bookstore.llm.providers.second.model", "claude-sonnet-4-5");
        return settings;
    }
}
