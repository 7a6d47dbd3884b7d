package io.bookstore.perf.plan;

import io.bookstore.simulator.anthropic.AnthropicFormat;
import io.bookstore.simulator.cache.Cacheable;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Journal;
import io.bookstore.simulator.simulation.Behaviour;
import io.bookstore.simulator.simulation.JournalEntry;
import io.bookstore.simulator.simulation.Script;
import io.bookstore.simulator.simulation.Simulation;
import io.bookstore.simulator.simulation.Step;
import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.DocumentFormat;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.Operation;
import io.bookstore.simulator.wire.WireFormat;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The simulator's decisions, without its network: the same draws for the same request as in a real run. */
final class VirtualProvider {

    private static final String PROMPT = "Summarize the book \"Emma\" by Jane Austen.";
    private static final WireFormat format = new AnthropicFormat();

    private final VirtualTime time;
    private final Simulation simulation;

    VirtualProvider(Behaviour behaviour, VirtualTime time) {
        this.time = time;
        this.simulation = new Simulation(behaviour, new Journal(1), time);
    }

    /**
     * Asks for an answer now.
     *
     * @param key identifies the request across runs; the next time it is the next attempt
     */
    Reply answer(String key, int inputTokens, int maxTokens) {
        AtomicReference<Answer> captured = new AtomicReference<>();
        Function<Answer, String> capture = answer -> {
            captured.set(answer);
            return "";
        };
        GenerationRequest request = new GenerationRequest(
                "plan", PROMPT, inputTokens, maxTokens, false, Cacheable.NOTHING, new DocumentFormat(capture, capture));
        Script script = simulation.answer(format, Operation.CHAT, key, request, null);
        Step last = last(script.steps());
        JournalEntry entry = Objects.requireNonNull(script.entry(), key);
        Answer answer = captured.get();
        // The limits take back what was reserved when the answer ends, so the entry ends in virtual time too.
        time.at(time.nanos() + last.atNanos(), () -> entry.end(Attempt.Outcome.COMPLETED, last.atNanos()));
        return last instanceof Step.Whole whole && whole.status() == 200 && answer != null
                ? Reply.good(last.atNanos(), answer)
                : Reply.bad(last);
    }

    private static Step last(Iterator<Step> steps) {
        Step last = steps.next();
        while (steps.hasNext()) {
            last = steps.next();
        }
        return last;
    }

    /**
     * @param status          0 if the connection broke
     * @param firstTokenNanos 0 without an answer
     * @param retryAfterNanos 0 if the provider did not ask for a wait
     */
    record Reply(int status, long nanos, long firstTokenNanos, int outputTokens, long retryAfterNanos) {

        private static Reply good(long nanos, Answer answer) {
            return new Reply(
                    200,
                    nanos,
                    nanos - answer.timing().outputNanos(),
                    answer.usage().outputTokens(),
                    0);
        }

        private static Reply bad(Step last) {
            if (!(last instanceof Step.Whole whole)) {
                return new Reply(0, last.atNanos(), 0, 0, 0);
            }
            String seconds = whole.headers().getOrDefault("retry-after", "0");
            return new Reply(whole.status(), last.atNanos(), 0, 0, TimeUnit.SECONDS.toNanos(Long.parseLong(seconds)));
        }

        boolean good() {
            return status == 200;
        }

        /** Returns whether another attempt may succeed: the rule of the BookStore API. */
        boolean worthAnotherAttempt() {
            return status == 0 || status == 408 || status == 429 || status >= 500;
        }
    }
}
