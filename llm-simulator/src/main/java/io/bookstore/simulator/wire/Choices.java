package io.bookstore.simulator.wire;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The several answers to a request that asked for more than one, streamed in turn.
 *
 * @param answers empty if there is but one
 * @param order   the answer that each chunk of the stream belongs to, by its index
 */
public record Choices(List<Answer> answers, List<Integer> order) {

    /** The choices of a request for a single answer. */
    public static final Choices ONE = new Choices(List.of(), List.of());

    public Choices {
        answers = List.copyOf(answers);
        order = List.copyOf(order);
    }

    /**
     * The frames of all answers.
     *
     * @param ofChoice the frames of one, by its index
     */
    public TextFrames frames(IntFunction<TextFrames> ofChoice) {
        List<TextFrames> frames =
                IntStream.range(0, answers.size()).mapToObj(ofChoice).toList();
        int[] before = new int[order.size()];
        int[] sent = new int[answers.size()];
        for (int chunk = 0; chunk < before.length; chunk++) {
            before[chunk] = sent[order.get(chunk)]++;
        }
        // Beyond the last chunk an endless answer begins anew.
        return (chunksBefore, text) -> {
            int chunk = chunksBefore % before.length;
            return frames.get(order.get(chunk)).frame(before[chunk], text);
        };
    }
}
