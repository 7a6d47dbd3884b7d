package io.bookstore.llm.langchain4j.http;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParsingHandle;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Passes a stream on and notices when it stops without having ended. Anthropic's streams begin with {@code message_start}
 * and end with {@code message_stop} or {@code error}; one that lacks its end was cut on the way, and LangChain4j would
 * wait for it for ever. Streams of other kinds end when they end.
 */
final class StreamEnd implements ServerSentEventListener {

    private static final String START = "message_start";
    private static final Set<String> ENDS = Set.of("message_stop", "error");

    private final ServerSentEventListener listener;
    private final AtomicBoolean failed = new AtomicBoolean();
    private @Nullable ServerSentEventParsingHandle handle;
    private boolean started;
    private boolean ended;

    StreamEnd(ServerSentEventListener listener) {
        this.listener = listener;
    }

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
        listener.onOpen(response);
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
        handle = context.parsingHandle();
        note(event);
        listener.onEvent(event, context);
    }

    @Override
    public void onEvent(ServerSentEvent event) {
        note(event);
        listener.onEvent(event);
    }

    /** The first failure is passed on; what follows from it is not. */
    @Override
    public void onError(Throwable error) {
        if (!cancelled() && failed.compareAndSet(false, true)) {
            listener.onError(error);
        }
    }

    /**
     * The body is at its end.
     *
     * @throws IOException if the stream is not
     */
    void end() throws IOException {
        if (failed.get() || cancelled()) {
            return;
        }
        if (started && !ended) {
            throw new IOException("the provider's stream ended before its last event");
        }
        listener.onClose();
    }

    private void note(ServerSentEvent event) {
        String name = event.event() == null ? "" : event.event();
        started |= name.equals(START);
        ended |= ENDS.contains(name);
    }

    private boolean cancelled() {
        return handle != null && handle.isCancelled();
    }
}
