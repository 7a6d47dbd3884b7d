package io.bookstore.api.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.api.llm.call.AnsweredBy;
import io.bookstore.api.llm.call.ChatParameters;
import io.bookstore.api.llm.call.Deadline;
import io.bookstore.api.llm.call.LlmAnswer;
import io.bookstore.api.llm.call.LlmRequest;
import io.bookstore.llm.operation.Evaluation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityTest {

    private static final String ENGLISH =
            "The story of a man who returns to the city of his youth and finds that it has not waited for him.";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void goodSummaryPassesEveryCheck() {
        assertThat(verdicts(ENGLISH, "stop"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "length", "pass", "finish", "pass", "language", "pass", "forbidden", "pass", "markup", "pass"));
    }

    @Test
    void shortTextFailsItsLengthAndTellsNoLanguage() {
        assertThat(verdicts("A book.", "stop")).containsEntry("length", "fail").containsEntry("language", "unknown");
    }

    @Test
    void textThatWasCutOffFailsItsFinish() {
        assertThat(verdicts(ENGLISH, "length")).containsEntry("finish", "fail");
        assertThat(verdicts(ENGLISH, null)).containsEntry("finish", "unknown");
    }

    @Test
    void otherLanguagesFail() {
        assertThat(verdicts(
                        "Die Geschichte eines Mannes, der in die Stadt seiner Jugend kehrt und dort nicht mehr zu Hause ist.",
                        "stop"))
                .containsEntry("language", "fail");
        assertThat(verdicts(
                        "L'histoire d'un homme qui revient dans la ville de sa jeunesse et qui ne la reconnaît pas.",
                        "stop"))
                .containsEntry("language", "fail");
        assertThat(verdicts("Un hombre vuelve a la ciudad de su juventud y descubre que no lo espera nadie.", "stop"))
                .containsEntry("language", "fail");
    }

    @Test
    void forbiddenPhraseIsFoundAsWholeWordsInAnyCase() {
        assertThat(verdicts(ENGLISH + " As an AI, I enjoyed it.", "stop")).containsEntry("forbidden", "fail");
        assertThat(verdicts(ENGLISH + " It was an airy tale, as an aide said.", "stop"))
                .containsEntry("forbidden", "pass");
        assertThat(verdicts(ENGLISH + " See https://evil.example", "stop")).containsEntry("forbidden", "fail");
    }

    @Test
    void markupIsNoticed() {
        assertThat(verdicts(ENGLISH + " <b>Read it</b>", "stop")).containsEntry("markup", "fail");
    }

    @Test
    void phrasesMayComeFromAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("phrases"), "# ours\nthe city of his\n");
        Quality quality = new Quality(new QualityConfig(0, 2_000, "en", file.toString()), registry);

        assertThat(verdicts(quality, ENGLISH, "stop")).containsEntry("forbidden", "fail");
        assertThatThrownBy(() -> new Quality(new QualityConfig(0, 2_000, "en", folder + "/none"), registry))
                .hasMessage("bookstore.quality.forbidden-file cannot be read: " + folder + "/none");
    }

    @Test
    void resultsAreCountedByModelPromptAndVariant() {
        verdicts(ENGLISH, "stop");

        assertThat(registry.get("llm.summary.checks")
                        .tags(
                                "gen_ai.request.model", "claude",
                                "prompt.version", "summary-1",
                                "variant", "short",
                                "check", "language",
                                "result", "pass")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void settingThatBreaksItsRuleIsRefused() {
        assertThatThrownBy(() -> new QualityConfig(10, 5, "en", ""))
                .hasMessage("bookstore.quality.max-chars must not be less than min-chars, was 5");
        assertThatThrownBy(() -> new QualityConfig(0, 5, "tlh", ""))
                .hasMessage("bookstore.quality.language must be one of [de, en, es, fr, it], was tlh");
    }

    private Map<String, String> verdicts(String text, @Nullable String finishReason) {
        return verdicts(new Quality(new QualityConfig(40, 1_200, "en", ""), registry), text, finishReason);
    }

    private static Map<String, String> verdicts(Quality quality, String text, @Nullable String finishReason) {
        LlmRequest request = new LlmRequest(
                "anthropic",
                "claude",
                false,
                "",
                "",
                new ChatParameters(0.7, 500),
                "key",
                "short",
                "summary-1",
                Deadline.in(Duration.ofMinutes(10)));
        LlmAnswer answer = new LlmAnswer(
                text,
                new AnsweredBy("anthropic", "anthropic", "claude", "claude", false),
                null,
                null,
                null,
                null,
                Duration.ZERO,
                finishReason,
                1);
        return quality.judge(request, answer).stream()
                .collect(Collectors.toMap(Evaluation::name, evaluation -> String.valueOf(evaluation.label())));
    }
}
