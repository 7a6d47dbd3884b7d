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
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The simulator's decisions, without its network: the same draws for the same request as in a real run. */
final class VirtualProvider {

    /** A prompt that nothing reads: the answer has no text, and the tokens are given. */
    private static final String PROMPT = "";

    private static final WireFormat format = new AnthropicFormat();

    /** Text in place of the document of an answer: a fault that breaks it leaves another text. */
    private static final String DOCUMENT = "0123456789abcdef";

    private final VirtualTime time;
    private final Simulation simulation;

    VirtualProvider(Behaviour behaviour, VirtualTime time) {
        this.time = time;
        this.simulation = new Simulation(behaviour, new Journal(1), time);
    }

    /**
     * Asks for an answer now.
     *
     * @param key           identifies the request across runs; the next time it is the next attempt
     * @param patienceNanos the time after which the service leaves
     */
    Reply answer(String key, int inputTokens, int maxTokens, long patienceNanos) {
        AtomicReference<Answer> captured = new AtomicReference<>();
        Function<Answer, String> whole = answer -> {
            captured.set(answer);
            return DOCUMENT;
        };
        GenerationRequest request = new GenerationRequest(
                "plan",
                PROMPT,
                inputTokens,
                maxTokens,
                false,
                Cacheable.NOTHING,
                new DocumentFormat(whole, empty -> ""));
        Script script = simulation.answer(format, Operation.CHAT, key, request, null);
        JournalEntry entry = Objects.requireNonNull(script.entry(), key);
        Received received = Received.of(script.steps(), patienceNanos);
        // The limits take back what was reserved when the answer ends, so the entry ends in virtual time too.
        time.at(
                time.nanos() + received.nanos,
                () -> entry.end(received.late ? Attempt.Outcome.ABANDONED : Attempt.Outcome.COMPLETED, received.nanos));
        return received.reply(captured.get());
    }

    /** The bytes of an answer as a client gets them, one after the other. */
    private static final class Received {

        private final StringBuilder text = new StringBuilder();
        private int status;
        private Map<String, String> headers = Map.of();
        private long nanos;
        private boolean late;

        static Received of(Iterator<Step> steps, long patienceNanos) {
            Received received = new Received();
            while (steps.hasNext() && !received.late) {
                Step step = steps.next();
                received.late = step.atNanos() > patienceNanos;
                received.nanos = Math.min(step.atNanos(), patienceNanos);
                if (!received.late) {
                    received.take(step);
                }
            }
            return received;
        }

        private void take(Step step) {
            if (step instanceof Step.Whole whole) {
                status = whole.status();
                headers = whole.headers();
                text.append(whole.body());
            } else if (step instanceof Step.Head head) {
                status = head.status();
                headers = head.headers();
            } else if (step instanceof Step.Part part) {
                text.append(part.text());
            } else if (step instanceof Step.Reset) {
                status = 0;
            }
        }

        private Reply reply(@Nullable Answer answer) {
            if (late) {
                return new Reply(0, nanos, 0, 0, 0);
            }
            if (status == 200 && answer != null && DOCUMENT.contentEquals(text)) {
                return new Reply(
                        200,
                        nanos,
                        nanos - answer.timing().outputNanos(),
                        answer.usage().outputTokens(),
                        0);
            }
            String seconds = headers.getOrDefault("retry-after", "0");
            // A client that cannot read an answer is as far as one whose connection broke.
            return new Reply(
                    status == 200 ? 0 : status, nanos, 0, 0, TimeUnit.SECONDS.toNanos(Long.parseLong(seconds)));
        }
    }

    /**
     * @param status          0 if the connection broke, the answer cannot be read, or the service left
     * @param firstTokenNanos 0 without an answer
     * @param retryAfterNanos 0 if the provider did not ask for a wait
     */
    record Reply(int status, long nanos, long firstTokenNanos, int outputTokens, long retryAfterNanos) {

        boolean good() {
            return status == 200;
        }

        /** Returns whether another attempt may succeed: the rule of the BookStore API. */
        boolean worthAnotherAttempt() {
            return status == 0 || status == 408 || status == 429 || status >= 500;
        }
    }
}
