package io.bookstore.api.llm;

import io.bookstore.llm.Inference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Counts the pieces of one call's answers and passes them on. Written and read by different threads. */
final class AnswerWatch implements Consumer<String> {

    private final Inference call;
    private final Audience audience;
    private final AtomicInteger pieces = new AtomicInteger();

    AnswerWatch(Inference call, Audience audience) {
        this.call = call;
        this.audience = audience;
    }

    @Override
    public void accept(String text) {
        pieces.incrementAndGet();
        call.chunk();
        audience.show(text);
    }

    /** How many have arrived, in all attempts together. */
    int pieces() {
        return pieces.get();
    }

    boolean somebodySawSomething() {
        return audience.sawSomething();
    }
}
