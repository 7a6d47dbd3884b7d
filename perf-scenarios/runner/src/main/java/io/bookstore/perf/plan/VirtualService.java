package io.bookstore.perf.plan;

import io.bookstore.simulator.draw.Draws;
import org.jspecify.annotations.Nullable;

/**
 * The service in virtual time: one call of the model for each request, repeated after a wait while another attempt may
 * succeed and time is left. Circuit breaker, bulkhead and retry budget are left out.
 */
final class VirtualService {

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

    /** Asks the model; {@code ended} runs when the answer or the failure is there. */
    void summarize(String key, Runnable ended) {
        tally.countStart();
        attempt(key, 1, time.nanos(), ended);
    }

    /** Does what needs no model; {@code ended} runs when the answer is there. */
    void answerPlainly(Runnable ended) {
        time.at(time.nanos() + model.plainRequest().toNanos(), () -> {
            tally.countPlainRequest(time.nanos());
            ended.run();
        });
    }

    private void attempt(String key, int number, long start, Runnable ended) {
        long left = model.deadline().toNanos() - (time.nanos() - start);
        VirtualProvider.Reply reply = provider.answer(key, model.inputTokens(), model.maxTokens(), left);
        tally.countAttempt(reply);
        long attemptStart = time.nanos();
        time.at(attemptStart + reply.nanos(), () -> {
            if (reply.good()) {
                long firstToken = attemptStart - start + reply.firstTokenNanos();
                tally.countAnswer(firstToken);
                end(start, firstToken, ended);
            } else {
                retryOrFail(key, number, start, reply, ended);
            }
        });
    }

    private void retryOrFail(String key, int number, long start, VirtualProvider.Reply reply, Runnable ended) {
        long drawn = Math.round(
                Draws.of(seed, key, number).stream("retry-wait").between(0, 1) * model.longestWaitNanos(number));
        long next = time.nanos() + Math.max(drawn, reply.retryAfterNanos());
        if (number < model.attempts()
                && reply.worthAnotherAttempt()
                && next - start < model.deadline().toNanos()) {
            time.at(next, () -> attempt(key, number + 1, start, ended));
        } else {
            tally.countFailure();
            end(start, null, ended);
        }
    }

    private void end(long start, @Nullable Long firstToken, Runnable ended) {
        time.at(time.nanos() + model.overhead().toNanos(), () -> {
            tally.countEnd(time.nanos(), time.nanos() - start, firstToken);
            ended.run();
        });
    }
}
