package io.bookstore.simulator.simulation;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An action at its time. */
public sealed interface Step {

    /** The time at which it is due, in nanoseconds since the request arrived. */
    long atNanos();

    /** Has the step performed, {@code elapsed} nanoseconds after the request arrived. */
    void performBy(Performer performer, long elapsed);

    /** Performs steps: one method for each kind, so that a new kind does not compile without. */
    interface Performer {

        void sendWhole(Whole whole, long elapsed);

        void sendHead(Head head);

        void sendPart(Part part, long elapsed);

        void end(long elapsed);

        void reset(long elapsed);
    }

    /**
     * Status, headers and the whole body; nothing follows.
     *
     * @param charset of the body
     */
    record Whole(
            long atNanos, int status, String contentType, Map<String, String> headers, String body, Charset charset)
            implements Step {

        /** A body of text. */
        public Whole(long atNanos, int status, String contentType, Map<String, String> headers, String body) {
            this(atNanos, status, contentType, headers, body, StandardCharsets.UTF_8);
        }

        @Override
        public void performBy(Performer performer, long elapsed) {
            performer.sendWhole(this, elapsed);
        }
    }

    /**
     * Status and headers of a stream.
     *
     * @param charset of its parts
     */
    record Head(long atNanos, int status, String contentType, Map<String, String> headers, Charset charset)
            implements Step {

        /** The head of a stream of text. */
        public Head(long atNanos, int status, String contentType, Map<String, String> headers) {
            this(atNanos, status, contentType, headers, StandardCharsets.UTF_8);
        }

        @Override
        public void performBy(Performer performer, long elapsed) {
            performer.sendHead(this);
        }
    }

    /**
     * Part of a stream's body.
     *
     * @param content true if it carries text of the answer, and not only its frame
     */
    record Part(long atNanos, String text, boolean content) implements Step {
        @Override
        public void performBy(Performer performer, long elapsed) {
            performer.sendPart(this, elapsed);
        }
    }

    /** The regular end of a stream. */
    record End(long atNanos) implements Step {
        @Override
        public void performBy(Performer performer, long elapsed) {
            performer.end(elapsed);
        }
    }

    /** The connection breaks with a TCP reset, whatever has been sent so far. */
    record Reset(long atNanos) implements Step {
        @Override
        public void performBy(Performer performer, long elapsed) {
            performer.reset(elapsed);
        }
    }
}
