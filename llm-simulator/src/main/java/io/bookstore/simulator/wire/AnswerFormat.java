package io.bookstore.simulator.wire;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How one request is answered: whole, or as frames of a stream. */
public interface AnswerFormat {

    String contentType();

    /** What frames are written in. Those of a binary protocol are strings of bytes, in ISO-8859-1. */
    default Charset charset() {
        return StandardCharsets.UTF_8;
    }

    /** The answer as one document. */
    String whole(Answer answer);

    /** The document of an answer without text, which has nothing else to be without. */
    default String empty(Answer answer) {
        return whole(answer);
    }

    /** What a stream says before its first text; empty if nothing. */
    String opening(Answer answer);

    /** What carries its text in a stream; what is the same in all frames is made once. */
    TextFrames frames(Answer answer);

    /**
     * What a stream says after its last text, end marker included.
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
}
