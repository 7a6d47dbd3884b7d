package io.bookstore.simulator.wire;

import io.bookstore.simulator.state.LaterAnswer;
import io.bookstore.simulator.state.StreamPart;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The form in which one request is answered: whole, or as frames of a stream. */
public interface AnswerFormat {

    String contentType();

    /** The charset of frames. Those of a binary protocol are strings of bytes, in ISO-8859-1. */
    default Charset charset() {
        return StandardCharsets.UTF_8;
    }

    /** The answer as one document. */
    String whole(Answer answer);

    /** Returns whether a client reads the text; false where any text with as many tokens will do. */
    default boolean showsText() {
        return true;
    }

    /** Returns whether the arguments of a call are streamed in parts; false where each call comes whole. */
    default boolean streamsArguments() {
        return true;
    }

    /** Returns whether a refusal is a prompt that is blocked, and no text; false where the model says so. */
    default boolean blocksPrompts() {
        return false;
    }

    /** Returns whether reasoning may come as encrypted data in place of its text. */
    default boolean redactsReasoning() {
        return false;
    }

    /** The document of an answer without text, which has nothing else to be without. */
    default String empty(Answer answer) {
        return whole(answer);
    }

    /** Called when an answer in the foreground begins. */
    default void begin(Answer answer) {}

    /**
     * Keeps an answer in the foreground for later requests, where the provider does. Called just before its last byte is sent.
     *
     * @param whole false if it broke, or its client left
     */
    default void end(Answer answer, boolean whole) {}

    /** Returns whether the answer goes on without its client, who fetches it, or takes up its stream again. */
    default boolean isBackground() {
        return false;
    }

    /**
     * Keeps the answer for its client, and returns the document that accepts the request. Called of those in the background alone.
     *
     * @param stream of the answer; null if it is not streamed
     */
    default String accepted(Answer answer, LaterAnswer later, @Nullable Iterable<StreamPart> stream) {
        throw new UnsupportedOperationException("This answer is sent at once");
    }

    /** The frames before the first text of a stream; empty if there are none. */
    String opening(Answer answer);

    /** The frames that carry the text of a stream; their common part is made once. */
    TextFrames frames(Answer answer);

    /**
     * The frames after the last text of a stream, end marker included.
     *
     * @param chunks how many chunks have been sent
     */
    String closing(Answer answer, int chunks);

    /**
     * A failure in the middle of a stream, whose status has long been sent.
     *
     * @param chunks how many chunks have been sent
     */
    String failure(Refusal refusal, int chunks);

    /** The same of an answer that is known, for a format that numbers its events. */
    default String failure(Answer answer, Refusal refusal, int chunks) {
        return failure(refusal, chunks);
    }
}
