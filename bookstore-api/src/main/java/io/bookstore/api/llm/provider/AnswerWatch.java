package io.bookstore.api.llm.provider;

import io.bookstore.llm.Inference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Hears of one call's answers as they come, and passes the pieces on. Written and read by different threads. */
public final class AnswerWatch implements Consumer<String> {

    private final Inference call;
    private final Audience audience;
    private final AtomicInteger answersBegun = new AtomicInteger();

    public AnswerWatch(Inference call, Audience audience) {
        this.call = call;
        this.audience = audience;
    }

    /** The provider has begun to answer an attempt with success: it may bill from now on, whatever becomes of it. */
    void answerBegan() {
        answersBegun.incrementAndGet();
    }

    /** A piece of an answer. */
    @Override
    public void accept(String text) {
        call.chunk();
        audience.show(text);
    }

    /** In how many attempts the provider has begun to answer with success. */
    public int answersBegun() {
        return answersBegun.get();
    }

    public boolean somebodySawSomething() {
        return audience.sawSomething();
    }
}
