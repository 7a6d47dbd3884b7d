package io.bookstore.api.llm.provider;

import io.bookstore.llm.Inference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Counts the answers of one call that have begun, and passes their pieces on. Thread-safe. */
public final class AnswerWatch implements Consumer<String> {

    private final Inference call;
    private final StreamObserver observer;
    private final AtomicInteger answersBegun = new AtomicInteger();

    public AnswerWatch(Inference call, StreamObserver observer) {
        this.call = call;
        this.observer = observer;
    }

    /** Counts an answer that has begun with success: the provider may bill it from now on, whatever becomes of it. */
    void markAnswerBegun() {
        answersBegun.incrementAndGet();
    }

    /** Passes on a piece of an answer. */
    @Override
    public void accept(String text) {
        call.chunk();
        observer.pass(text);
    }

    /** The number of attempts in which the provider has begun to answer with success. */
    public int answersBegun() {
        return answersBegun.get();
    }

    public boolean clientHasText() {
        return observer.hasText();
    }
}
