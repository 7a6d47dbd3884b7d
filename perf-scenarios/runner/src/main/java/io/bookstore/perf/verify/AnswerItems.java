package io.bookstore.perf.verify;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.verify.ServiceFacts.Response;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The items about good answers: their form, their tokens and their times. */
final class AnswerItems {

    private static final double FEWEST_CHARACTERS_A_TOKEN = 1;
    private static final double MOST_CHARACTERS_A_TOKEN = 12;

    /** Below, the words of an answer say little about its tokens. */
    private static final int SHORTEST_TEXT = 40;

    private static final double CLOCK_MS = 5;

    /** The figures that tell what an answer is billed for. */
    static final List<String> FIGURES_OF_USAGE = List.of("inputTokens", "outputTokens");

    private final ServiceFacts facts;
    private final ItemList items;

    AnswerItems(ServiceFacts facts, ItemList items) {
        this.facts = facts;
        this.items = items;
    }

    void lookAtForm() {
        judgeAnswers(
                "status",
                "A request to the model is answered with the status that the descriptor expects",
                answer -> answer.good() ? null : "HTTP " + answer.status() + ": " + answer.excerpt(),
                "Look at path, headers and body of the operation in the descriptor, and at the service's log.");
        judgeAnswers(
                "json",
                "An answer is JSON, and says so",
                answer -> {
                    if (!answer.json()) {
                        return answer.isHtml() ? "HTML in place of JSON" : answer.notJson();
                    }
                    if (answer.contentType().isEmpty()) {
                        return answer.shownContentType();
                    }
                    return answer.contentType().contains("json") ? null : "Content-Type " + answer.contentType();
                },
                "An HTML page comes from a proxy or a login; else have the service send application/json.");
        judgeAnswers(
                "hidden-error",
                "A good status has no error behind it",
                answer -> answer.good() && answer.error()
                        ? "an error with HTTP " + answer.status() + ": " + answer.excerpt()
                        : null,
                "Have the service answer an error with its status: clients and load tests count any other as good.");
        judge(
                "text",
                "An answer has a text where the descriptor says",
                goodAnswers(),
                answer -> answer.textLength() > 0 ? null : "no text in " + answer.excerpt(),
                "Correct the path answer.text of the descriptor.",
                facts.answers().isEmpty() ? noAnswers() : "there is no good answer");
    }

    void lookAtUsage() {
        judgeFigures(
                "usage",
                "An answer tells its tokens",
                FIGURES_OF_USAGE,
                any -> true,
                AnswerItems::missingUsage,
                "Correct answer.inputTokens and answer.outputTokens, or have the service tell them: nothing is billed else.");
        judgeFigures(
                "usage-plausible",
                "Output tokens fit the text",
                List.of("outputTokens"),
                AnswerItems::tellsTokensOfItsText,
                AnswerItems::implausibleTokens,
                "The figure may be that of another call, of a sum, or of words: compare it with the provider's usage.");
    }

    void lookAtTimes() {
        judgeFigures(
                "times",
                "Times that an answer tells fit into the time that it took",
                List.of("providerMs", "timeToFirstTokenMs"),
                answer -> answer.figure("providerMs") != null || answer.figure("timeToFirstTokenMs") != null,
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

    /**
     * Judges good answers by figures, of which the descriptor must name at least one.
     *
     * @param tells selects the answers that can be judged
     */
    private void judgeFigures(
            String name, String rule, List<String> figures, Predicate<Response> tells, Judge judge, String remedy) {
        if (figures.stream().noneMatch(facts.described()::contains)) {
            String places = figures.stream().map(figure -> "answer." + figure).collect(Collectors.joining(" and no "));
            items.unknown(
                    name, rule, "the descriptor has no " + places, "Name their places if the service tells them.");
            return;
        }
        List<Response> told = goodAnswers().stream().filter(tells).toList();
        judge(name, rule, told, judge, remedy, "no good answer tells enough");
    }

    private List<Response> goodAnswers() {
        return facts.answers().stream().filter(Response::good).toList();
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
            items.pass(name, rule, Quantity.count(answers.size()) + " of " + Quantity.count(answers.size(), "answer"));
        } else {
            items.fail(
                    name,
                    rule,
                    Quantity.count(wrong.size()) + " of " + Quantity.count(answers.size(), "answer") + ": "
                            + wrong.get(0),
                    remedy);
        }
    }

    private String noAnswers() {
        return facts.items().isEmpty() ? "the target has no operation that answers at once" : facts.items();
    }

    /** The figures of usage that an answer lacks; null for none. */
    static @Nullable String missingUsage(Response answer) {
        List<String> missing = FIGURES_OF_USAGE.stream()
                .filter(figure -> !isPositive(answer.figure(figure)))
                .toList();
        return missing.isEmpty() ? null : "no " + String.join(" and no ", missing);
    }

    static boolean tellsTokensOfItsText(Response answer) {
        return isPositive(answer.figure("outputTokens")) && answer.textLength() >= SHORTEST_TEXT;
    }

    /** Says how little the tokens of an answer fit its text; null if they do. */
    static @Nullable String implausibleTokens(Response answer) {
        double tokens = Objects.requireNonNull(answer.figure("outputTokens"));
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
