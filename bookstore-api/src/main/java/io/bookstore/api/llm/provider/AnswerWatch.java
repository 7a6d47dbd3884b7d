package io.bookstore.api.llm.provider;

import io.bookstore.llm.Inference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Counts the answers of one call that have begun, and passes their pieces on. Thread-safe. */
public final class AnswerWatch implements Consumer<String> {

    private final Inference call;
    private final Audience audience;
    private final AtomicInteger answersBegun = new AtomicInteger();

    public AnswerWatch(Inference call, Audience audience) {
        this.call = call;
        this.audience = audience;
    }

    /** Counts an answer that has begun with success: the provider may bill it from now on, whatever becomes of it. */
    void answerBegan() {
        answersBegun.incrementAndGet();
    }

    /** Passes on a piece of an answer. */
    @Override
    public void accept(String text) {
        call.chunk();
        audience.show(text);
    }

    /** The number of attempts in which the provider has begun to answer with success. */
    public int answersBegun() {
        return answersBegun.get();
    }

    public boolean somebodySawSomething() {
        return audience.sawSomething();
    }
}
