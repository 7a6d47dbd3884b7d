package io.bookstore.simulator.wire;

import java.util.function.Function;

/**
 * The form of an answer that is one JSON document and never a stream.
 *
 * @param document of an answer
 * @param nothing  the document of an answer that has nothing in it
 */
public record DocumentFormat(Function<Answer, String> document, Function<Answer, String> nothing)
        implements AnswerFormat {

    @Override
    public String contentType() {
        return "application/json";
    }

    /** Such a document has figures. */
    @Override
    public boolean showsText() {
        return false;
    }

    @Override
    public String whole(Answer answer) {
        return document.apply(answer);
    }

    @Override
    public String empty(Answer answer) {
        return nothing.apply(answer);
    }

    @Override
    public String opening(Answer answer) {
        throw new UnsupportedOperationException("A document is not streamed");
    }

    @Override
    public TextFrames frames(Answer answer) {
        throw new UnsupportedOperationException("A document is not streamed");
    }

    @Override
    public String closing(Answer answer, int chunks) {
        throw new UnsupportedOperationException("A document is not streamed");
    }

    @Override
    public String failure(Refusal refusal, int chunks) {
        throw new UnsupportedOperationException("A document is not streamed");
    }
}
