package io.bookstore.perf.describe;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.scenario.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The operation of a document that goes to the model. docs/init.md has the points.
 *
 * @param reasons the signs of it; none if the user named it
 */
record OperationChoice(ApiOperation operation, int points, List<String> reasons) {

    private static final int FEWEST_POINTS = 4;

    /** A smaller lead is a matter of taste. */
    private static final int LEAD = 2;

    private static final int LISTED = 20;

    private static final Set<String> WORDS = Set.of(
            "ai",
            "answer",
            "ask",
            "assist",
            "assistant",
            "chat",
            "complete",
            "completion",
            "completions",
            "conversation",
            "converse",
            "copilot",
            "explain",
            "generate",
            "generation",
            "gpt",
            "infer",
            "inference",
            "llm",
            "prompt",
            "rag",
            "summaries",
            "summarise",
            "summarize",
            "summary",
            "translate");

    /**
     * Takes the one that the user names, by its id or as {@code POST /path}.
     *
     * @throws PerfException if there is none
     */
    static OperationChoice named(String name, OpenApiDocument document) {
        List<ApiOperation> operations = document.operations();
        return operations.stream()
                .filter(each -> each.label().equalsIgnoreCase(name) || each.id().equals(name))
                .findFirst()
                .map(each -> new OperationChoice(each, 0, List.of()))
                .orElseThrow(() -> {
                    List<String> known = new ArrayList<>();
                    operations.forEach(each -> known.addAll(List.of(each.label(), each.id())));
                    Optional<String> near = Nearest.to(name, known);
                    return document.bad("has no operation \"" + name + "\": "
                            + near.map(meant -> "did you mean \"" + meant + "\"?")
                                    .orElseGet(() -> "it has " + list(operations)));
                });
    }

    /**
     * Takes the one with the most points.
     *
     * @throws PerfException if none stands out, with a list to choose from
     */
    static OperationChoice ranked(OpenApiDocument document) {
        List<ApiOperation> all = document.operations();
        List<OperationChoice> choices = all.stream()
                .filter(each -> Set.of("GET", "POST").contains(each.method())
                        && twinOf(each, all).isEmpty())
                .map(OperationChoice::judged)
                .filter(choice -> choice.points >= FEWEST_POINTS)
                .sorted(Comparator.comparingInt((OperationChoice choice) -> -choice.points))
                .toList();
        if (choices.isEmpty()) {
            throw document.bad(
                    "has no operation that seems to ask a model: name it with --operation, one of " + list(all));
        }
        List<OperationChoice> alike = choices.stream()
                .filter(choice -> choice.points > choices.get(0).points - LEAD)
                .toList();
        if (alike.size() > 1) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "Several operations of " + document.place() + " may ask a model: choose one with --operation.\n"
                            + alike.stream()
                                    .map(choice -> "  \"" + choice.operation.label() + "\": " + choice.why())
                                    .collect(Collectors.joining("\n")));
        }
        return choices.get(0);
    }

    /** The operation that answers at once what this one only streams, such as {@code /chat} of {@code /chat/stream}. */
    static Optional<ApiOperation> twinOf(ApiOperation stream, List<ApiOperation> operations) {
        return stream.onlyStreams()
                ? operations.stream()
                        .filter(each -> each != stream
                                && !each.onlyStreams()
                                && stream.path().startsWith(each.path())
                                && stream.path().length() - each.path().length() <= "/streaming".length()
                                && AnswerFields.text(answerOf(each)).isPresent())
                        .findFirst()
                : Optional.empty();
    }

    String why() {
        return String.join(", ", reasons);
    }

    private static OperationChoice judged(ApiOperation operation) {
        List<String> reasons = new ArrayList<>();
        int points = 0;
        List<String> ofPath = Names.words(operation.path().replaceAll("\\{[^}]*}", ""));
        points += sign(reasons, 3, "its path says", ofPath);
        points += sign(reasons, 2, "its id says", Names.words(operation.id()));
        List<Leaf> answer = answerOf(operation);
        if (AnswerFields.text(answer).isPresent()) {
            points += sign(reasons, 2, "its answer has a text");
        }
        if (AnswerFields.figures(answer).containsKey("outputTokens")) {
            points += sign(reasons, 3, "its answer tells tokens");
        }
        if (!operation.streamedAnswer().isMissing()) {
            points += sign(reasons, 2, "its answer may stream");
        }
        if (bodyOf(operation).stream().anyMatch(leaf -> leaf.isText() && Names.isPrompt(leaf.name()))) {
            points += sign(reasons, 2, "its body has a prompt");
        }
        return new OperationChoice(operation, points, List.copyOf(reasons));
    }

    private static int sign(List<String> reasons, int points, String says, List<String> words) {
        return words.stream()
                .filter(WORDS::contains)
                .findFirst()
                .map(word -> sign(reasons, points, says + " \"" + word + "\""))
                .orElse(0);
    }

    private static int sign(List<String> reasons, int points, String reason) {
        reasons.add(reason);
        return points;
    }

    private static List<Leaf> answerOf(ApiOperation operation) {
        return leaves(operation, operation.jsonAnswer());
    }

    private static List<Leaf> bodyOf(ApiOperation operation) {
        return leaves(operation, operation.requestBody());
    }

    /** A part that cannot be read is no sign; the chosen operation is read again, and then says so. */
    private static List<Leaf> leaves(ApiOperation operation, ApiOperation.Content content) {
        try {
            return Leaf.of(operation.document(), content.schema());
        } catch (PerfException brokenReference) {
            return List.of();
        }
    }

    private static String list(List<ApiOperation> operations) {
        String listed =
                operations.stream().limit(LISTED).map(ApiOperation::label).collect(Collectors.joining(", "));
        return listed + (operations.size() > LISTED ? " and " + (operations.size() - LISTED) + " more" : "");
    }
}
