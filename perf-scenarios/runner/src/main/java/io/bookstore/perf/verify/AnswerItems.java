package io.bookstore.perf.verify;

import io.bookstore.perf.verify.ServiceFacts.Response;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The items about good answers: their form, their tokens and their times. */
final class AnswerItems {

    private static final double FEWEST_CHARACTERS_A_TOKEN = 1;
    private static final double MOST_CHARACTERS_A_TOKEN = 12;

    /** Below, the words of an answer say little about its tokens. */
    private static final int SHORTEST_TEXT = 40;

    private static final double CLOCK_MS = 5;

    private final ServiceFacts facts;
    private final ItemList items;

    AnswerItems(ServiceFacts facts, ItemList items) {
        this.facts = facts;
        this.items = items;
    }

    void lookAtForm() {
        judgeAnswers(
                "status",
                "A request to the model is answered with 200",
                answer -> answer.status() == 200 ? null : "HTTP " + answer.status() + ": " + answer.excerpt(),
                "Look at path, headers and body of the operation in the descriptor, and at the service's log.");
        judgeAnswers(
                "json",
                "An answer is JSON, and says so",
                answer -> {
                    if (!answer.json()) {
                        return answer.isHtml() ? "HTML in place of JSON" : "no JSON: " + answer.excerpt();
                    }
                    return answer.contentType().contains("json") ? null : "Content-Type " + answer.contentType();
                },
                "An HTML page comes from a proxy or a login; else have the service send application/json.");
        judgeAnswers(
                "hidden-error",
                "An answer with 200 has no error inside",
                answer ->
                        answer.status() == 200 && answer.error() ? "an error with HTTP 200: " + answer.excerpt() : null,
                "Have the service answer an error with its status: clients and load tests count 200 as good.");
        judgeAnswers(
                "text",
                "An answer has a text where the descriptor says",
                answer -> answer.textLength() > 0 ? null : "no text in " + answer.excerpt(),
                "Correct the path answer.text of the descriptor.");
    }

    void lookAtUsage() {
        judgeFigures(
                "usage",
                "An answer tells its tokens",
                List.of("inputTokens", "outputTokens"),
                answer -> missing(answer, "inputTokens", "outputTokens"),
                "Correct answer.inputTokens and answer.outputTokens, or have the service tell them: nothing is billed else.");
        judgeFigures(
                "usage-plausible",
                "Output tokens fit the text",
                List.of("outputTokens"),
                AnswerItems::implausibleTokens,
                "The figure may be that of another call, of a sum, or of words: compare it with the provider's usage.");
    }

    void lookAtTimes() {
        judgeFigures(
                "times",
                "Times that an answer tells fit into the time that it took",
                List.of("providerMs", "timeToFirstTokenMs"),
                AnswerItems::impossibleTimes,
                "Times must be milliseconds, of this call alone: a sum over retries, or seconds, is none.");
    }

    /** Says what is wrong with an answer; null for nothing. */
    @FunctionalInterface
    private interface Judge {
        @Nullable
        String wrong(Response answer);
    }

    private void judgeAnswers(String name, String rule, Judge judge, String remedy) {
        judge(name, rule, facts.answers(), judge, remedy, noAnswers());
    }

    /** Judges good answers by figures, of which the descriptor must name at least one. */
    private void judgeFigures(String name, String rule, List<String> figures, Judge judge, String remedy) {
        if (figures.stream().noneMatch(facts.described()::contains)) {
            String places = figures.stream().map(figure -> "answer." + figure).collect(Collectors.joining(" and no "));
            items.unknown(
                    name, rule, "the descriptor has no " + places, "Name their places if the service tells them.");
            return;
        }
        List<Response> good = facts.answers().stream()
                .filter(answer -> answer.status() == 200)
                .toList();
        judge(name, rule, good, judge, remedy, "there is no good answer");
    }

    private void judge(
            String name, String rule, List<Response> answers, Judge judge, String remedy, String withoutAny) {
        if (answers.isEmpty()) {
            items.unknown(name, rule, withoutAny, "");
            return;
        }
        List<String> wrong = answers.stream()
                .map(judge::wrong)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        if (wrong.isEmpty()) {
            items.pass(name, rule, answers.size() + " of " + answers.size() + " answers");
        } else {
            items.fail(name, rule, wrong.size() + " of " + answers.size() + " answers: " + wrong.get(0), remedy);
        }
    }

    private String noAnswers() {
        return facts.items().isEmpty() ? "the target has no operation that answers at once" : facts.items();
    }

    private static @Nullable String missing(Response answer, String... figures) {
        List<String> missing = Stream.of(figures)
                .filter(figure -> !isPositive(answer.figure(figure)))
                .toList();
        return missing.isEmpty() ? null : "no " + String.join(" and no ", missing);
    }

    private static @Nullable String implausibleTokens(Response answer) {
        Double tokens = answer.figure("outputTokens");
        if (tokens == null || tokens <= 0 || answer.textLength() < SHORTEST_TEXT) {
            return null;
        }
        double characters = answer.textLength() / tokens;
        return characters >= FEWEST_CHARACTERS_A_TOKEN && characters <= MOST_CHARACTERS_A_TOKEN
                ? null
                : String.format(
                        Locale.ROOT,
                        "%,.0f tokens for a text of %,d characters, %.2f characters a token",
                        tokens,
                        answer.textLength(),
                        characters);
    }

    private static @Nullable String impossibleTimes(Response answer) {
        Double provider = answer.figure("providerMs");
        Double first = answer.figure("timeToFirstTokenMs");
        if (provider != null && provider > answer.durationMs() + CLOCK_MS) {
            return "provider " + ItemList.ms(provider) + " of " + ItemList.ms(answer.durationMs());
        }
        double whole = provider == null ? answer.durationMs() : provider;
        return first != null && first > whole + CLOCK_MS
                ? "first token after " + ItemList.ms(first) + " of " + ItemList.ms(whole)
                : null;
    }

    private static boolean isPositive(@Nullable Double value) {
        return value != null && value > 0;
    }
}
