package io.bookstore.perf.describe;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Proposes by their names where an answer keeps what; docs/init.md lists them. */
final class AnswerFields {

    // Most telling first: a "message" beside a "summary" is the word of the service, not of the model.
    private static final List<String> TEXT = List.of(
            "summary",
            "answer",
            "reply",
            "completion",
            "generatedtext",
            "outputtext",
            "text",
            "content",
            "response",
            "message",
            "output",
            "result");
    private static final List<String> PIECE = List.of(
            "delta",
            "text",
            "content",
            "token",
            "chunk",
            "piece",
            "response",
            "completion",
            "answer",
            "reply",
            "message");
    private static final Set<String> LAST_WORDS = Set.of("summary", "answer", "text", "content", "reply", "completion");
    private static final Set<String> NOT_OF_THE_MODEL = Set.of(
            "error",
            "errors",
            "sources",
            "citations",
            "references",
            "documents",
            "history",
            "request",
            "input",
            "prompt",
            "warnings",
            "logprobs",
            "refusal",
            "reasoning");

    private static final List<String> INPUT_TOKENS = List.of(
            "inputtokens",
            "prompttokens",
            "inputtokencount",
            "prompttokencount",
            "tokensin",
            "intokens",
            "promptevalcount");
    private static final List<String> OUTPUT_TOKENS = List.of(
            "outputtokens",
            "completiontokens",
            "outputtokencount",
            "candidatestokencount",
            "generatedtokens",
            "tokensout",
            "outtokens",
            "evalcount");

    private static final Map<String, List<String>> TEXTS = ordered(
            "model", List.of("model", "modelname", "modelid", "modelversion", "llmmodel", "llm"),
            "provider", List.of("provider", "providername", "llmprovider", "vendor"),
            "finishReason", List.of("finishreason", "stopreason", "donereason"));
    private static final Map<String, List<String>> NUMBERS = ordered(
            "costUsd", List.of("costusd", "costinusd", "totalcostusd", "priceusd", "usd", "cost", "totalcost"),
            "timeToFirstTokenMs", List.of("timetofirsttokenms", "ttftms", "firsttokenms"),
            "providerMs", List.of("providerms", "llmms", "modelms", "llmlatencyms", "modellatencyms"));

    private AnswerFields() {}

    /** Paths by the descriptor's names, of an answer that comes at once. */
    static Map<String, String> in(List<Leaf> leaves) {
        Map<String, String> paths = new LinkedHashMap<>();
        text(leaves).ifPresent(path -> paths.put("text", path));
        paths.putAll(figures(leaves));
        return paths;
    }

    /** Paths of an event of a stream: its piece of text, and figures. */
    static Map<String, String> inEvent(List<Leaf> leaves) {
        Map<String, String> paths = new LinkedHashMap<>();
        piece(leaves).ifPresent(path -> paths.put("text", path));
        paths.putAll(figures(leaves));
        return paths;
    }

    /** Paths of the figures alone. */
    static Map<String, String> figures(List<Leaf> leaves) {
        Map<String, String> paths = new LinkedHashMap<>();
        tokens(leaves, INPUT_TOKENS, Set.of("in", "input", "prompt")).ifPresent(path -> paths.put("inputTokens", path));
        tokens(leaves, OUTPUT_TOKENS, Set.of("out", "output", "completion"))
                .ifPresent(path -> paths.put("outputTokens", path));
        TEXTS.forEach((field, names) -> first(leaves, names, Leaf::isText).ifPresent(path -> paths.put(field, path)));
        NUMBERS.forEach(
                (field, names) -> first(leaves, names, Leaf::isNumber).ifPresent(path -> paths.put(field, path)));
        return paths;
    }

    /** The path of the text that the model wrote. */
    static Optional<String> text(List<Leaf> leaves) {
        return first(leaves, TEXT, AnswerFields::isOfTheModel)
                .or(() -> leaves.stream()
                        .filter(AnswerFields::isOfTheModel)
                        .filter(leaf -> LAST_WORDS.contains(leaf.lastWord()))
                        .min(Comparator.comparingInt(leaf -> leaf.path().size()))
                        .map(Leaf::dotted));
    }

    /** The path of a piece of that text in an event of a stream. */
    static Optional<String> piece(List<Leaf> leaves) {
        return first(leaves, PIECE, AnswerFields::isOfTheModel);
    }

    private static boolean isOfTheModel(Leaf leaf) {
        return leaf.isText() && leaf.path().stream().map(Names::plain).noneMatch(NOT_OF_THE_MODEL::contains);
    }

    private static Optional<String> tokens(List<Leaf> leaves, List<String> names, Set<String> shortNames) {
        return first(leaves, names, Leaf::isNumber)
                .or(() -> leaves.stream()
                        .filter(leaf -> leaf.isNumber() && shortNames.contains(leaf.name()) && isOfUsage(leaf))
                        .map(Leaf::dotted)
                        .findFirst());
    }

    /** Returns whether the leaf is in an object of tokens: {@code usage.in}. */
    private static boolean isOfUsage(Leaf leaf) {
        return leaf.path().subList(0, leaf.path().size() - 1).stream()
                .map(Names::plain)
                .anyMatch(name -> name.contains("usage") || name.contains("token"));
    }

    /** The leaf of the first of these names, and of several the one that is least deep. */
    private static Optional<String> first(List<Leaf> leaves, List<String> names, Predicate<Leaf> fits) {
        return leaves.stream()
                .filter(leaf -> names.contains(leaf.name()) && fits.test(leaf))
                .min(Comparator.comparingInt((Leaf leaf) -> names.indexOf(leaf.name()))
                        .thenComparingInt(leaf -> leaf.path().size()))
                .map(Leaf::dotted);
    }

    private static Map<String, List<String>> ordered(
            String first, List<String> names, String second, List<String> more, String third, List<String> most) {
        Map<String, List<String>> ordered = new LinkedHashMap<>();
        ordered.put(first, names);
        ordered.put(second, more);
        ordered.put(third, most);
        return ordered;
    }
}
