package io.bookstore.perf.plan;

import io.bookstore.simulator.draw.Draws;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The service in virtual time: one call of the model for each request, repeated after a wait while another attempt may
 * succeed and time is left. Circuit breaker, bulkhead and retry budget are left out.
 */
final class VirtualService {

    /** The tokens of an answer that never came. */
    static final int NO_ANSWER = -1;

    private final VirtualTime time;
    private final VirtualProvider provider;
    private final ServiceModel model;
    private final Tally tally;
    private final long seed;

    VirtualService(VirtualTime time, VirtualProvider provider, ServiceModel model, Tally tally, long seed) {
        this.time = time;
        this.provider = provider;
        this.model = model;
        this.tally = tally;
        this.seed = seed;
    }

    /** A request to the model that is under way. */
    private record Call(String key, int promptTokens, long startNanos, IntConsumer ended) {}

    /** The tokens of a prompt that has nothing before it. */
    int promptTokens() {
        return model.inputTokens();
    }

    /**
     * Asks the model.
     *
     * @param ended gets the tokens of the answer when it is there, or {@link #NO_ANSWER}
     */
    void summarize(String key, int promptTokens, IntConsumer ended) {
        tally.countStart();
        attempt(new Call(key, promptTokens, time.nanos(), ended), 1);
    }

    /** Does what needs no model; {@code ended} runs when the answer is there. */
    void answerPlainly(Runnable ended) {
        time.at(time.nanos() + model.plainRequest().toNanos(), () -> {
            tally.countPlainRequest(time.nanos());
            ended.run();
        });
    }

    private void attempt(Call call, int number) {
        long left = model.deadline().toNanos() - (time.nanos() - call.startNanos());
        VirtualProvider.Reply reply = provider.answer(call.key(), call.promptTokens(), model.maxTokens(), left);
        tally.countAttempt(reply, call.promptTokens());
        long attemptStart = time.nanos();
        time.at(attemptStart + reply.nanos(), () -> {
            if (reply.good()) {
                long firstToken = attemptStart - call.startNanos() + reply.firstTokenNanos();
                tally.countAnswer(firstToken);
                end(call, firstToken, reply.outputTokens());
            } else {
                retryOrFail(call, number, reply);
            }
        });
    }

    private void retryOrFail(Call call, int number, VirtualProvider.Reply reply) {
        long drawn = Math.round(
                Draws.of(seed, call.key(), number).stream("retry-wait").between(0, 1) * model.longestWaitNanos(number));
        long next = time.nanos() + Math.max(drawn, reply.retryAfterNanos());
        if (number < model.attempts()
                && reply.worthAnotherAttempt()
                && next - call.startNanos() < model.deadline().toNanos()) {
            time.at(next, () -> attempt(call, number + 1));
        } else {
            tally.countFailure();
            end(call, null, NO_ANSWER);
        }
    }

    private void end(Call call, @Nullable Long firstToken, int answerTokens) {
        time.at(time.nanos() + model.overhead().toNanos(), () -> {
            tally.countEnd(time.nanos(), time.nanos() - call.startNanos(), firstToken);
            call.ended().accept(answerTokens);
        });
    }
}
