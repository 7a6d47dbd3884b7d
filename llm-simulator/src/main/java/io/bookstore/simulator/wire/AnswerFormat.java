package io.bookstore.simulator.wire;

/** How one request is answered: whole, or as frames of a stream. */
public interface AnswerFormat {

    String contentType();

    /** The answer as one document. */
    String whole(Answer answer);

    /** What a stream says before its first text; empty if nothing. */
    String opening(Answer answer);

    /** A frame with the next part of the text. Called for every chunk of every stream: keep it cheap. */
    String chunk(Answer answer, String text);

    /** What a stream says after its last text, end marker included. */
    String closing(Answer answer);

    /** A failure in the middle of a stream, whose status has long been sent. */
    String failure(Refusal refusal);
}
