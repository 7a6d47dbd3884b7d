package io.bookstore.perf.verify;

import io.bookstore.perf.verify.ServiceFacts.Response;
import io.bookstore.perf.verify.ServiceFacts.Stream;
import io.bookstore.perf.verify.ServiceTelemetry.CancelledCall;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The items about an answer that comes in pieces. */
final class StreamItems {

    /**
     * A stream that comes late, and at once, was collected on the way. Late alone means a model that thinks for long and writes
     * little; and a client that waits for a processor takes some time to read what came at once.
     */
    private static final double COLLECTED = 0.7;

    /** Less between most pieces is no model's writing: the fastest send some hundred of them a second. */
    private static final double AT_ONCE_MS = 2;

    private static final double SHORTEST_STREAM_MS = 500;

    /** A call that goes on for longer than this share of the rest was not ended by the client. */
    private static final double SOON = 0.5;

    private final ServiceFacts facts;
    private final @Nullable CancelledCall cancelled;
    private final ItemList items;

    /** @param cancelled null if nothing told of it */
    StreamItems(ServiceFacts facts, @Nullable CancelledCall cancelled, ItemList items) {
        this.facts = facts;
        this.cancelled = cancelled;
        this.items = items;
    }

    void look() {
        Stream stream = facts.stream();
        String rule = "A stream comes to its end";
        String pieces = "A stream comes in pieces, while the model writes";
        String cancel = "A client that leaves a stream ends the call to the provider";
        String usage = "A stream tells its tokens, and they fit its text";
        if (stream == null || stream.answer() == null) {
            String reason = stream == null || stream.problem() == null
                    ? "the descriptor has no operation with \"stream\""
                    : stream.problem();
            items.unknown("stream", rule, reason, "Describe it as operations.streamedSummary if the service has one.");
            items.unknown("stream-pieces", pieces, reason, "");
            items.unknown("stream-usage", usage, reason, "");
            items.unknown("stream-cancel", cancel, reason, "");
            return;
        }
        Response answer = stream.answer();
        lookAtEnd(stream, answer, rule);
        lookAtPieces(stream, answer.durationMs(), pieces);
        lookAtUsage(stream, answer, usage);
        lookAtCancellation(stream, answer.durationMs(), cancel);
    }

    private void lookAtEnd(Stream stream, Response answer, String rule) {
        if (!answer.good()) {
            items.fail(
                    "stream",
                    rule,
                    "HTTP " + answer.status() + ": " + answer.excerpt(),
                    "Look at the operation's path and headers.");
        } else if (stream.whole()) {
            items.pass("stream", rule, stream.pieces() + " pieces in " + ItemList.ms(answer.durationMs()));
        } else {
            items.fail(
                    "stream",
                    rule,
                    (stream.pieces() + " pieces, and no end " + answer.excerpt()).strip(),
                    "Send the event that \"end\" of the descriptor names, or correct it: a client cannot tell a cut stream else.");
        }
    }

    private void lookAtPieces(Stream stream, double durationMs, String rule) {
        Double first = stream.firstMs();
        if (first == null) {
            items.fail(
                    "stream-pieces",
                    rule,
                    "no piece has a text",
                    "Correct \"text\" of the stream in the descriptor, or write format: sse-text if its events are no JSON.");
        } else if (stream.pieces() < 2 || durationMs < SHORTEST_STREAM_MS) {
            items.unknown(
                    "stream-pieces",
                    rule,
                    stream.pieces() + " pieces in " + ItemList.ms(durationMs) + " are too few to tell",
                    "");
        } else if (first > COLLECTED * durationMs && stream.gapMs() != null && stream.gapMs() < AT_ONCE_MS) {
            items.fail(
                    "stream-pieces",
                    rule,
                    "the first of " + stream.pieces() + " pieces came after " + ItemList.ms(first) + " of "
                            + ItemList.ms(durationMs),
                    "Something collects the stream on its way: a proxy's buffer, compression, or a client that waits for all.");
        } else {
            items.pass(
                    "stream-pieces",
                    rule,
                    "the first after " + ItemList.ms(first) + ", the last after " + ItemList.ms(stream.lastMs()));
        }
    }

    private void lookAtUsage(Stream stream, Response answer, String rule) {
        List<String> described = Objects.requireNonNullElse(stream.described(), List.of());
        if (AnswerItems.FIGURES_OF_USAGE.stream().noneMatch(described::contains)) {
            items.unknown(
                    "stream-usage",
                    rule,
                    "the stream of the descriptor has no answer.inputTokens and no answer.outputTokens",
                    "Name their places under \"answer\" of the stream if an event tells them.");
            return;
        }
        if (!stream.whole()) {
            items.unknown("stream-usage", rule, "the last events tell them, and the stream has no end", "");
            return;
        }
        String missing = AnswerItems.missingUsage(answer);
        if (missing == null && !AnswerItems.tellsTokensOfItsText(answer)) {
            items.unknown("stream-usage", rule, "the text is too short to tell", "");
            return;
        }
        String wrong = missing == null ? AnswerItems.implausibleTokens(answer) : missing;
        if (wrong == null) {
            items.pass("stream-usage", rule, "as many as the text has");
        } else {
            items.fail(
                    "stream-usage",
                    rule,
                    wrong,
                    "Ask the provider for the usage of a stream, which some tell on request only, and pass it on.");
        }
    }

    private void lookAtCancellation(Stream stream, double durationMs, String rule) {
        if (!stream.whole() || durationMs < SHORTEST_STREAM_MS) {
            String reason = stream.whole() ? "a stream of " + ItemList.ms(durationMs) : "a stream without an end";
            items.unknown("stream-cancel", rule, reason + " cannot be left in its midst", "");
            return;
        }
        if (cancelled == null) {
            items.unknown(
                    "stream-cancel",
                    rule,
                    "neither a simulator's journal nor a span tells of the call behind the stream that was left",
                    "Let the service pass X-Request-Id or traceparent on to the simulator, or send its spans to --otlp-port.");
            return;
        }
        double rest = durationMs - cancelled.clientMs();
        double after = Math.max(0, cancelled.providerMs() - cancelled.clientMs());
        String evidence = "the client left after " + ItemList.ms(cancelled.clientMs()) + ", the call ended "
                + ItemList.ms(after) + " later";
        if (rest < SHORTEST_STREAM_MS / 2) {
            items.unknown("stream-cancel", rule, evidence + ", when the stream was at its end anyway", "");
        } else if (after <= SOON * rest) {
            items.pass("stream-cancel", rule, evidence);
        } else {
            items.fail(
                    "stream-cancel",
                    rule,
                    evidence,
                    "Close the provider's connection when a write to the client fails: the tokens of the rest are billed.");
        }
    }
}
