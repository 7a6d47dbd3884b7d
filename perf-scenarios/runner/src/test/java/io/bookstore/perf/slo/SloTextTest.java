package io.bookstore.perf.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.perf.PerfException;
import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.perf.scenario.Scenarios;
import io.bookstore.perf.scenario.StatedLimits;
import io.bookstore.perf.slo.Slo.Limits;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SloTextTest {

    @TempDir
    Path folder;

    @Test
    void limitsAreReadByClassAndDimension() {
        Slo slo = SloText.parse("--slo", "llm.ttft=2s, llm.e2e=1m30s,llm.cost=$0.005,crud.e2e=500,other.e2e=800ms");

        assertThat(slo.limits())
                .containsOnly(
                        Map.entry(Kind.LLM, new Limits(Duration.ofSeconds(2), Duration.ofSeconds(90), 0.005)),
                        Map.entry(Kind.CRUD, new Limits(null, Duration.ofMillis(500), null)),
                        Map.entry(Kind.OTHER, new Limits(null, Duration.ofMillis(800), null)));
    }

    @Test
    void limitsAreWrittenAsTheyAreRead() {
        String text = "llm.ttft=2s,llm.e2e=90s,llm.cost=0.005,crud.e2e=500ms,other.e2e=1.5s";

        assertThat(SloText.of(SloText.parse("--slo", text))).isEqualTo(text);
        assertThat(SloText.of(Slo.NONE)).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "llm.e2e=8sec | llm.e2e in --slo must be a time above 0, such as 800ms or 2s, was \"8sec\".",
                "llm.e2e=-1s | llm.e2e in --slo must be a time above 0, such as 800ms or 2s, was \"-1s\".",
                "llm.cost=cheap | llm.cost in --slo must be US dollars above 0, such as 0.005, was \"cheap\".",
                "llm.cost=NaN | llm.cost in --slo must be US dollars above 0, such as 0.005, was \"NaN\".",
                "llms.e2e=8s | Unknown class \"llms\" in --slo: did you mean llm?",
                "chat.e2e=8s | Unknown class \"chat\" in --slo: use llm, crud, other.",
                "llm.ttf=8s | Unknown dimension \"ttf\" in --slo: did you mean ttft?",
                "llm.p95=8s | Unknown dimension \"p95\" in --slo: use ttft, e2e, cost.",
                "llm.error=0.01 | llm.error in --slo can have no limit: a request that fails is bad in any case.",
                "crud.ttft=1s | crud.ttft in --slo is told by no answer: crud can have a limit on e2e.",
                "llm=8s | --slo must be CLASS.DIMENSION=LIMIT, such as llm.e2e=8s, was \"llm=8s\".",
                "'' | --slo must be CLASS.DIMENSION=LIMIT, such as llm.e2e=8s, was \"\".",
            })
    void wrongLimitIsNamedInOneSentence(String text, String sentence) {
        assertThatThrownBy(() -> SloText.parse("--slo", text))
                .isInstanceOf(PerfException.class)
                .hasMessage(sentence)
                .extracting(thrown -> ((PerfException) thrown).exitCode().value())
                .isEqualTo(64);
    }

    @Test
    void scriptStatesItsLimitsInMeta() throws IOException {
        Path script =
                script("export const meta = { slo: { llm: { ttft: '2s', cost: 0.005 }, crud: { e2e: '500ms' } } };");

        Slo slo = SloText.ofScript("shop.js", StatedLimits.of(script));

        assertThat(slo.limits())
                .containsOnly(
                        Map.entry(Kind.LLM, new Limits(Duration.ofSeconds(2), null, 0.005)),
                        Map.entry(Kind.CRUD, new Limits(null, Duration.ofMillis(500), null)));
    }

    @Test
    void wrongLimitOfAScriptNamesTheScript() throws IOException {
        Path script = script("export const meta = { slo: { llm: { tfft: '2s' } } };");

        assertThatThrownBy(() -> SloText.ofScript("shop.js", StatedLimits.of(script)))
                .hasMessage("Unknown dimension \"tfft\" in meta.slo of shop.js: did you mean ttft?");
    }

    @Test
    void metaThatMeansSomethingElseStatesNoLimits() throws IOException {
        assertThat(StatedLimits.of(script("export const meta = makeMeta();"))).isEmpty();
        assertThat(StatedLimits.of(script("export const meta = [1, 2];"))).isEmpty();
        assertThat(StatedLimits.of(script("export default function () {}"))).isEmpty();
    }

    @Test
    void commandLineGoesBeforeTheScriptAndTheScriptBeforeTheStandard() {
        Slo slo = SloText.parse("--slo", "llm.e2e=3s")
                .or(SloText.parse("--slo", "llm.e2e=5s,llm.ttft=1s"))
                .or(Slo.standard(Map.of()));

        assertThat(slo.limits())
                .containsOnly(
                        Map.entry(Kind.LLM, new Limits(Duration.ofSeconds(1), Duration.ofSeconds(3), null)),
                        Map.entry(Kind.CRUD, new Limits(null, Duration.ofSeconds(1), null)));
    }

    @Test
    void standardLimitsAreTheP95LimitsOfTheScripts() {
        Map<String, String> defaults = new HashMap<>();
        Scenarios.in(Checkout.scripts()).shared().stream()
                .filter(variable -> variable.standard() != null)
                .forEach(variable -> defaults.put(variable.name(), variable.standard()));

        assertThat(Slo.standard(defaults)).isEqualTo(Slo.standard(Map.of()));
        assertThat(defaults).containsEntry("LLM_P95_MS", "8000").containsEntry("CRUD_P95_MS", "1000");
        assertThat(Slo.standard(Map.of("LLM_P95_MS", "3000")).limits())
                .containsEntry(Kind.LLM, new Limits(null, Duration.ofSeconds(3), null));
    }

    private Path script(String text) throws IOException {
        return Files.writeString(folder.resolve("shop.js"), text);
    }
}
