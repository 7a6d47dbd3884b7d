package io.bookstore.k6.http;

import io.bookstore.k6.http.HttpSession.Reached;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The answer to a request, read event by event while it comes. Used by the thread of its virtual user. */
public final class EventStream {
    private static final StatusRule NOTHING_EXPECTED = new StatusRule(List.of());

    private final @Nullable RequestSpec spec;
    private final @Nullable Reached reached;
    private final @Nullable EventReader events;
    private @Nullable HttpAnswer answer;
    private @Nullable IOException failure;
    private boolean over;

    /** A stream that never began. */
    EventStream(HttpAnswer unreachable) {
        this.spec = null;
        this.reached = null;
        this.events = null;
        this.answer = unreachable;
    }

    EventStream(RequestSpec spec, Reached reached) {
        this.spec = spec;
        this.reached = reached;
        this.events = reached.last().events();
    }

    /** Returns whether an answer has begun, of whatever status. */
    public boolean opened() {
        return events != null;
    }

    /** The exchange as far as it has come, for the tags of events; null if nothing could be sent. */
    public @Nullable Hop soFar() {
        return reached == null ? null : reached.last().soFar();
    }

    /** The next event, waiting for it; null when the stream has ended or was cancelled. */
    public @Nullable StreamEvent next() {
        if (events == null || over) {
            return null;
        }
        try {
            StreamEvent event = events.next();
            over = event == null;
            return event;
        } catch (IOException e) {
            over = true;
            failure = e;
            return new StreamEvent(NetworkError.of(e).text());
        }
    }

    boolean ended() {
        return answer != null;
    }

    /** Breaks off the stream, so that the other side sees its connection go; what is not read yet is lost. */
    public void cancel() {
        if (!over && reached != null) {
            reached.last().cancel();
        }
        over = true;
    }

    /**
     * Ends the exchange, and breaks off what is not read. An answer that the other side broke off counts as failed, whatever
     * its status.
     */
    public HttpAnswer end() {
        cancel();
        if (answer == null) {
            Reached sent = Objects.requireNonNull(reached);
            RequestSpec request = Objects.requireNonNull(spec);
            boolean judged = request.rule().ranges() != null;
            StatusRule rule = failure != null && judged ? NOTHING_EXPECTED : request.rule();
            answer = sent.answer(request, sent.last().finish(failure, rule));
        }
        return answer;
    }
}
