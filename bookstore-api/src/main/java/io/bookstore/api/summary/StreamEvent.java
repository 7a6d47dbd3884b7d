package io.bookstore.api.summary;

import io.bookstore.api.http.problem.Problem;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.sse.Event;

/** An event of a streamed summary: its name and its data. */
sealed interface StreamEvent {

    /** The field {@code event}. */
    String event();

    /** The field {@code data}, as JSON. */
    Object data();

    /** The event as it is sent. */
    default Event<?> sent() {
        return Event.of(data()).name(event());
    }

    /** A piece of the text. */
    @Introspected
    record TokenEvent(String event, Token data) implements StreamEvent {

        TokenEvent(String text) {
            this("token", new Token(text));
        }
    }

    /** The last event of a good stream: everything the other route answers. */
    @Introspected
    record SummaryEvent(String event, Summary data) implements StreamEvent {

        SummaryEvent(Summary summary) {
            this("summary", summary);
        }
    }

    /** The last event of any other stream. */
    @Introspected
    record ErrorEvent(String event, Problem data) implements StreamEvent {

        ErrorEvent(Problem problem) {
            this("error", problem);
        }
    }

    /** A piece of the text. */
    @Introspected
    record Token(String text) {}
}
