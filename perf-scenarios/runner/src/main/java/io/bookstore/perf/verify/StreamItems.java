package io.bookstore.perf.verify;

import io.bookstore.perf.verify.ServiceFacts.Stream;
import java.util.Objects;

/** The items about an answer that comes in pieces. */
final class StreamItems {

    /** A stream that comes at once, at its very end, was collected on the way. */
    private static final double COLLECTED = 0.9;

    private static final double SHORTEST_STREAM_MS = 500;

    private final ServiceFacts facts;
    private final ItemList items;

    StreamItems(ServiceFacts facts, ItemList items) {
        this.facts = facts;
        this.items = items;
    }

    void look() {
        Stream stream = facts.stream();
        String rule = "A stream comes to its end";
        String pieces = "A stream comes in pieces, while the model writes";
        if (stream == null || stream.problem() != null) {
            String reason = stream == null
                    ? "the descriptor has no operation with \"stream\""
                    : Objects.requireNonNull(stream.problem());
            items.unknown("stream", rule, reason, "Describe it as operations.streamedSummary if the service has one.");
            items.unknown("stream-pieces", pieces, reason, "");
            return;
        }
        if (stream.status() != 200) {
            items.fail(
                    "stream",
                    rule,
                    "HTTP " + stream.status() + ": " + stream.excerpt(),
                    "Look at the operation's path and headers.");
        } else if (stream.whole()) {
            items.pass("stream", rule, stream.pieces() + " pieces in " + ItemList.ms(stream.durationMs()));
        } else {
            items.fail(
                    "stream",
                    rule,
                    stream.pieces() + " pieces, and no end" + (stream.excerpt() == null ? "" : " " + stream.excerpt()),
                    "Send the event that \"end\" of the descriptor names, or correct it: a client cannot tell a cut stream else.");
        }
        lookAtPieces(stream, pieces);
    }

    private void lookAtPieces(Stream stream, String rule) {
        Double first = stream.firstMs();
        if (first == null) {
            items.fail(
                    "stream-pieces", rule, "no piece has a text", "Correct \"text\" of the stream in the descriptor.");
        } else if (stream.pieces() < 2 || stream.durationMs() < SHORTEST_STREAM_MS) {
            items.unknown(
                    "stream-pieces",
                    rule,
                    stream.pieces() + " pieces in " + ItemList.ms(stream.durationMs()) + " are too few to tell",
                    "");
        } else if (first > COLLECTED * stream.durationMs()) {
            items.fail(
                    "stream-pieces",
                    rule,
                    "the first of " + stream.pieces() + " pieces came after " + ItemList.ms(first) + " of "
                            + ItemList.ms(stream.durationMs()),
                    "Something collects the stream on its way: a proxy's buffer, compression, or a client that waits for all.");
        } else {
            items.pass(
                    "stream-pieces",
                    rule,
                    "the first after " + ItemList.ms(first) + ", the last after " + ItemList.ms(stream.lastMs()));
        }
    }
}
