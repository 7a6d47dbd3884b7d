package io.bookstore.llm.langchain4j.http;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParsingHandle;
import io.bookstore.llm.Inference;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.langchain4j.provider.ProviderDialect;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Passes a stream on and notices when it stops without having ended: it was cut on the way, by a gateway perhaps that
 * closes in good order. LangChain4j would wait for the last event of Anthropic or Ollama for ever, and take what there is
 * of an OpenAI or Gemini answer for the whole. Streams of other kinds end when they end.
 */
final class StreamEnd implements ServerSentEventListener {

    private final ServerSentEventListener listener;
    private final Attempts attempts;
    private final AtomicBoolean failed = new AtomicBoolean();
    private @Nullable ServerSentEventParsingHandle handle;
    private int status;
    private boolean somethingCame;
    private ProviderDialect dialect = ProviderDialect.any();
    private boolean finishTold;
    private boolean ended;

    StreamEnd(ServerSentEventListener listener, Attempts attempts) {
        this.listener = listener;
        this.attempts = attempts;
    }

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
        status = response.statusCode();
        listener.onOpen(response);
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
        handle = context.parsingHandle();
        if (isHalf(event.data())) {
            // LangChain4j leaves such a piece out and takes the rest for the whole.
            onCut(new UnusableAnswerException("a piece of the provider's stream is not whole"));
            handle.cancel();
            return;
        }
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

    /** The exchange broke. */
    void onCut(Throwable error) {
        if (!ended && !cancelled()) {
            attempts.failed(error);
        }
        onError(error);
    }

    /**
     * The body is at its end.
     *
     * @throws IOException if the stream is not
     * @throws EmptyAnswerException if there was not one event in it: a page of a gateway, or a document that is no stream
     */
    void end() throws IOException {
        if (failed.get() || cancelled()) {
            return;
        }
        if (!somethingCame) {
            throw new EmptyAnswerException(status);
        }
        if (dialect != ProviderDialect.any() && !finishTold && !ended) {
            throw new IOException("the provider's stream ended before its last event");
        }
        if (!ended) {
            attempts.succeeded();
        }
        listener.onClose();
    }

    private void note(ServerSentEvent event) {
        somethingCame = true;
        String name = event.event() == null ? "" : event.event();
        String data = event.data() == null ? "" : event.data();
        dialect = dialect.narrowedBy(name, data);
        finishTold = finishTold || dialect.tellsFinish(name, data);
        tellTokens(dialect.usageAtStart(name, data));
        // Told before the event is passed on, because with it the call may end.
        ErrorType failure =
                ended || name.isEmpty() ? null : ProviderDialect.any().failure(name, data);
        if (failure != null) {
            ended = true;
            attempts.failed(failure);
        } else if (!ended && dialect.ends(name, data)) {
            ended = true;
            attempts.succeeded();
        }
    }

    /** Told by its two ends: parsing every piece twice would cost more than it finds. */
    private static boolean isHalf(@Nullable String data) {
        String piece = data == null ? "" : data.strip();
        return piece.startsWith("{") && !piece.endsWith("}");
    }

    private static void tellTokens(@Nullable TokenUsage atStart) {
        Inference call = atStart == null ? null : Inference.current();
        if (call != null && atStart != null) {
            call.usage(atStart);
        }
    }

    private boolean cancelled() {
        return handle != null && handle.isCancelled();
    }
}
