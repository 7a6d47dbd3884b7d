package io.bookstore.perf.run;

import io.bookstore.perf.scenario.Conversation;
import io.bookstore.perf.scenario.Pace.Pause;
import io.bookstore.simulator.answer.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The conversation of an operation, read from the target's descriptor. The scripts check it. */
final class DescribedConversation {

    private static final List<Integer> DEFAULT_PAUSE = List.of(1, 3);

    /** The tokens by which a provider marks a message; a follow-up adds two, its own and that of the answer before it. */
    private static final int TOKENS_PER_MESSAGE = 4;

    private DescribedConversation() {}

    /**
     * Reads the conversation of summaries; empty if their operation describes none.
     *
     * @param streamed of streamed summaries; the same if the target describes no others
     * @throws io.bookstore.perf.PerfException if the descriptor cannot be read
     */
    static Optional<Conversation> read(Path descriptor, boolean streamed, long seed) {
        String source = TargetDescriptor.source(descriptor);
        // Most descriptors have none, and to read all of one takes a cold JVM a twentieth of a second.
        return source.contains("conversation")
                        && TargetDescriptor.keys(descriptor, source).get("operations") instanceof Map<?, ?> operations
                        && operations.get(summaryName(operations, streamed)) instanceof Map<?, ?> described
                        && described.get("conversation") instanceof Map<?, ?> conversation
                        && conversation.get("followUps") instanceof List<?> followUps
                        && !followUps.isEmpty()
                ? Optional.of(conversation(conversation, followUps, seed))
                : Optional.empty();
    }

    private static String summaryName(Map<?, ?> operations, boolean streamed) {
        return streamed || !operations.containsKey("summary") ? "streamedSummary" : "summary";
    }

    private static Conversation conversation(Map<?, ?> described, List<?> followUps, long seed) {
        List<Double> turns = numbers(described.get("turns"), List.of(1));
        List<Double> pause = numbers(described.get("thinkSeconds"), DEFAULT_PAUSE);
        return new Conversation(
                turns.get(0).intValue(),
                turns.get(turns.size() - 1).intValue(),
                followUps.stream()
                        .map(said -> Tokenizer.count(String.valueOf(said)) + 2 * TOKENS_PER_MESSAGE)
                        .toList(),
                new Pause(pause.get(0), pause.get(pause.size() - 1)),
                seed);
    }

    /** The numbers of a list, or the only one. */
    private static List<Double> numbers(@Nullable Object value, List<Integer> fallback) {
        List<?> list = value instanceof List<?> several ? several : List.of(value == null ? "" : value);
        List<Double> numbers = list.stream()
                .filter(Number.class::isInstance)
                .map(number -> ((Number) number).doubleValue())
                .toList();
        return numbers.isEmpty() ? fallback.stream().map(Integer::doubleValue).toList() : numbers;
    }
}
