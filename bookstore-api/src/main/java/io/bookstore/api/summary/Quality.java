package io.bookstore.api.summary;

import io.bookstore.api.llm.AnswerJudge;
import io.bookstore.api.llm.call.Generation;
import io.bookstore.api.llm.call.LlmRequest;
import io.bookstore.llm.Evaluation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the texts of the providers, per model, prompt version and variant; answers from the cache do not count.
 *
 * <p>The checks: {@code length} is within its bounds, {@code finish} is of the model's own will, {@code language} is the
 * one that is wanted, {@code forbidden} found no phrase of the list, {@code markup} found none.
 */
@Singleton
final class Quality implements AnswerJudge {

    private static final double[] CHARACTERS = {50, 100, 200, 300, 400, 600, 800, 1_200, 2_000};

    private final QualityConfig config;
    private final ForbiddenPhrases forbidden;
    private final MeterRegistry registry;

    Quality(QualityConfig config, MeterRegistry registry) {
        this.config = config;
        this.forbidden = ForbiddenPhrases.load(config.forbiddenFile());
        this.registry = registry;
    }

    @Override
    public List<Evaluation> judge(LlmRequest request, Generation generation) {
        Tags tags = Tags.of(
                "gen_ai.request.model", request.model(),
                "prompt.version", request.promptVersion(),
                "variant", request.variant() == null ? Variant.NONE : request.variant());
        measure(tags, generation);
        Map<String, Verdict> verdicts = verdicts(generation);
        verdicts.forEach((check, verdict) -> Counter.builder("llm.summary.checks")
                .description("Checks of generated summaries")
                .tags(tags)
                .tags("check", check, "result", verdict.label)
                .register(registry)
                .increment());
        return verdicts.entrySet().stream()
                .map(entry -> Evaluation.ofLabel(entry.getKey(), entry.getValue().label))
                .toList();
    }

    private void measure(Tags tags, Generation generation) {
        DistributionSummary.builder("llm.summary.length")
                .description("Length of generated summaries")
                .baseUnit("chars")
                .serviceLevelObjectives(CHARACTERS)
                .tags(tags)
                .register(registry)
                .record(generation.text().length());
        Counter.builder("llm.summary.finish")
                .description("Why the provider stopped writing")
                .tags(tags)
                .tag("finish.reason", generation.finishReason() == null ? "none" : generation.finishReason())
                .register(registry)
                .increment();
    }

    private Map<String, Verdict> verdicts(Generation generation) {
        String text = generation.text();
        List<String> words = ForbiddenPhrases.words(text);
        String language = Language.of(words);
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        verdicts.put("length", Verdict.of(text.length() >= config.minChars() && text.length() <= config.maxChars()));
        verdicts.put(
                "finish",
                generation.finishReason() == null
                        ? Verdict.UNKNOWN
                        : Verdict.of(generation.finishReason().equals("stop")));
        verdicts.put(
                "language",
                language.equals(Language.UNKNOWN) ? Verdict.UNKNOWN : Verdict.of(language.equals(config.language())));
        verdicts.put("forbidden", Verdict.of(!forbidden.anyIn(words)));
        verdicts.put("markup", Verdict.of(SafeText.of(text).equals(text)));
        return verdicts;
    }

    private enum Verdict {
        PASS("pass"),
        FAIL("fail"),
        UNKNOWN("unknown");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        static Verdict of(boolean passed) {
            return passed ? PASS : FAIL;
        }
    }
}
