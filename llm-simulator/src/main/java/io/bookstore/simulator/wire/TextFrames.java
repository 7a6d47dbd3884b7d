package io.bookstore.simulator.wire;

/** Makes the frames that carry the text of one answer. Called for every chunk of every stream: keep it cheap. */
@FunctionalInterface
public interface TextFrames {

    /**
     * A frame with the next part of the text.
     *
     * @param chunksBefore how many chunks have been sent
     */
    String frame(int chunksBefore, String text);
}
