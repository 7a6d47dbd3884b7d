package io.bookstore.api.summary;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.api.RunningStore;
import io.bookstore.api.llm.ScriptedProvider;
import io.bookstore.api.startup.StartupException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VariantTest {

    private static ScriptedProvider provider;
    private static RunningStore store;
    private static List<String> ids;

    @BeforeAll
    static void startAnExperiment() {
        provider = ScriptedProvider.start();
        Map<String, Object> settings = provider.settings();
        settings.put("bookstore.variants.control.weight", 3);
        settings.put("bookstore.variants.short.weight", 1);
        settings.put("bookstore.variants.short.prompt", "summary-2");
        settings.put("bookstore.variants.short.model", "claude-haiku-4-5");
        settings.put("bookstore.variants.loud.weight", 0);
        settings.put("bookstore.variants.loud.provider", "Anthropic");
        settings.put("bookstore.variants.loud.model", "claude-opus-4-5");
        settings.put("bookstore.variants.warm.weight", 0);
        settings.put("bookstore.variants.warm.temperature", 1.5);
        settings.put("bookstore.variants.warm.max-output-tokens", 77);
        store = RunningStore.start(settings);
        store.post("/seed-data", "");
        ids = json(store.get("/api/v1/Books?pageSize=100")).findValuesAsText("id");
    }

    @AfterAll
    static void stop() {
        store.close();
        provider.close();
    }

    @Test
    void booksAreSharedOutByWeightAndEachKeepsItsVariant() {
        Map<String, Integer> counts = new HashMap<>();
        for (String id : ids) {
            String first = summary(id, "").get("variant").asText();
            assertThat(summary(id, "?refresh=true").get("variant").asText()).isEqualTo(first);
            counts.merge(first, 1, Integer::sum);
        }

        // The ids of the sample books never change, and so their variants do not.
        assertThat(counts).containsOnlyKeys("control", "short");
        assertThat(counts.get("short")).isBetween(ids.size() / 8, ids.size() * 3 / 8);
    }

    @Test
    void shareOfAVariantIsItsWeight() {
        Variants variants = store.store().context().getBean(Variants.class);

        long ofShort = IntStream.range(0, 10_000)
                .mapToObj(book ->
                        variants.choose(null, String.format("%024x", book)).name())
                .filter("short"::equals)
                .count();

        // The same ids in each run, so that the count is always the same; a quarter is what the weights ask for.
        assertThat(ofShort).isBetween(2_300L, 2_700L);
    }

    @Test
    void variantAskedForDecidesModelAndPrompt() {
        provider.reset();

        JsonNode byQuery = summary(ids.get(0), "?variant=short&refresh=true");
        JsonNode byHeader = json(store.post(
                "/api/v1/Books/" + ids.get(0) + "/generate-summary?refresh=true", "", "X-Variant", "control"));

        assertThat(byQuery.get("variant").asText()).isEqualTo("short");
        assertThat(byQuery.get("promptVersion").asText()).isEqualTo("summary-2");
        assertThat(provider.received().get(0).body()).contains("claude-haiku-4-5", "one sentence");
        assertThat(byHeader.get("variant").asText()).isEqualTo("control");
        assertThat(byHeader.get("promptVersion").asText()).isEqualTo("summary-1");
        assertThat(provider.received().get(1).body()).contains("claude-sonnet-4-5");
    }

    @Test
    void providerOfAVariantMayBeWrittenInAnyCase() {
        provider.reset();

        assertThat(summary(ids.get(4), "?variant=loud&refresh=true")
                        .get("provider")
                        .asText())
                .isEqualTo("anthropic");
        assertThat(provider.received().get(0).body()).contains("claude-opus-4-5");
    }

    @Test
    void variantMayDifferInItsParametersAlone() {
        summary(ids.get(3), "?variant=control");
        provider.reset();

        JsonNode summary = summary(ids.get(3), "?variant=warm");

        assertThat(summary.get("cache").asText()).isEqualTo("miss");
        assertThat(provider.received().get(0).body()).contains("\"temperature\" : 1.5", "\"max_tokens\" : 77");
    }

    @Test
    void parameterThatBreaksItsRuleEndsTheStart() {
        assertThatThrownBy(() -> RunningStore.start(Map.of("bookstore.variants.hot.temperature", 3)))
                .isInstanceOf(StartupException.class)
                .hasMessage("Bad setting: bookstore.variants.hot.temperature must be 0 to 2, was 3.0");
        assertThatThrownBy(() -> RunningStore.start(Map.of("bookstore.variants.none.weight", 1)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("bookstore.variants.none");
    }

    @Test
    void variantsDoNotShareCachedTexts() {
        summary(ids.get(1), "?variant=control");

        assertThat(summary(ids.get(1), "?variant=short").get("cache").asText()).isIn("miss", "hit");
        assertThat(summary(ids.get(1), "?variant=short").get("promptVersion").asText())
                .isEqualTo("summary-2");
    }

    @Test
    void variantIsALabelOfTheQualityMetrics() {
        summary(ids.get(2), "?variant=short&refresh=true");

        assertThat(store.metric("llm_summary_finish_total", "variant=\"short\"", "prompt_version=\"summary-2\""))
                .isPositive();
    }

    private static JsonNode summary(String id, String query) {
        return json(store.post("/api/v1/Books/" + id + "/generate-summary" + query, ""));
    }
}
