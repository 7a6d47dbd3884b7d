package io.bookstore.api.summary;

import io.bookstore.api.llm.AnswerJudge;
import io.bookstore.api.llm.call.LlmAnswer;
import io.bookstore.api.llm.call.LlmRequest;
import io.bookstore.llm.operation.Evaluation;
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
    public List<Evaluation> judge(LlmRequest request, LlmAnswer answer) {
        Tags tags = Tags.of(
                "gen_ai.request.model", request.model(),
                "prompt.version", request.promptVersion(),
                "variant", request.variant() == null ? Variant.NONE : request.variant());
        measure(tags, answer);
        Map<String, CheckResult> results = results(answer);
        results.forEach((check, result) -> Counter.builder("llm.summary.checks")
                .description("Checks of generated summaries")
                .tags(tags)
                .tags("check", check, "result", result.label)
                .register(registry)
                .increment());
        return results.entrySet().stream()
                .map(entry -> Evaluation.ofLabel(entry.getKey(), entry.getValue().label))
                .toList();
    }

    private void measure(Tags tags, LlmAnswer answer) {
        DistributionSummary.builder("llm.summary.length")
                .description("Length of generated summaries")
                .baseUnit("chars")
                .serviceLevelObjectives(CHARACTERS)
                .tags(tags)
                .register(registry)
                .record(answer.text().length());
        Counter.builder("llm.summary.finish")
                .description("Why the provider stopped writing")
                .tags(tags)
                .tag("finish.reason", answer.finishReason() == null ? "none" : answer.finishReason())
                .register(registry)
                .increment();
    }

    private Map<String, CheckResult> results(LlmAnswer answer) {
        String text = answer.text();
        List<String> words = ForbiddenPhrases.words(text);
        String language = Language.of(words);
        Map<String, CheckResult> results = new LinkedHashMap<>();
        results.put("length", CheckResult.of(text.length() >= config.minChars() && text.length() <= config.maxChars()));
        results.put(
                "finish",
                answer.finishReason() == null
                        ? CheckResult.UNKNOWN
                        : CheckResult.of(answer.finishReason().equals("stop")));
        results.put(
                "language",
                language.equals(Language.UNKNOWN)
                        ? CheckResult.UNKNOWN
                        : CheckResult.of(language.equals(config.language())));
        results.put("forbidden", CheckResult.of(!forbidden.anyIn(words)));
        results.put("markup", CheckResult.of(SafeText.of(text).equals(text)));
        return results;
    }

    private enum CheckResult {
        PASS("pass"),
        FAIL("fail"),
        UNKNOWN("unknown");

        private final String label;

        CheckResult(String label) {
            this.label = label;
        }

        static CheckResult of(boolean passed) {
            return passed ? PASS : FAIL;
        }
    }
}
