package io.bookstore.llm.langchain4j.http;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParsingHandle;
import io.bookstore.llm.ErrorType;
import io.bookstore.llm.Inference;
import io.bookstore.llm.cost.TokenUsage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Passes a stream on and notices when it stops without having ended: it was cut on the way, by a gateway perhaps that
 * closes in good order. LangChain4j would wait for the last event of Anthropic or Ollama for ever, and take what there is
 * of an OpenAI or Gemini answer for the whole. Streams of other kinds end when they end.
 */
final class StreamEnd implements ServerSentEventListener {

    private static final String START = "message_start";
    // Without its start a stream of Anthropic's lacks its end too, if it has none.
    private static final String BLOCK = "content_block_";

    private static final String STOP = "message_stop";
    private static final String ERROR = "error";
    private static final String OPENAI_DONE = "[DONE]";

    // A key of the line itself: in text that a model wrote, the quotes are escaped.
    private static final Pattern OLLAMA_DONE = Pattern.compile("(?<!\\\\)\"done\"\\s*:\\s*true");

    private static final Pattern PIECE =
            Pattern.compile("\"chat\\.completion\\.chunk\"|(?<!\\\\)\"(?:done\"\\s*:\\s*false|candidates\"\\s*:)");
    private static final Pattern FINISH_REASON = Pattern.compile("(?<!\\\\)\"finish(?:_r|R)eason\"\\s*:\\s*\"");

    // Nothing in this event was written by a model or a user, so no text can look like a count.
    private static final Pattern INPUT_TOKENS =
            Pattern.compile("\"((?:cache_(?:read|creation)_)?input_tokens)\"\\s*:\\s*(\\d{1,18})");

    private final ServerSentEventListener listener;
    private final Attempts attempts;
    private final AtomicBoolean failed = new AtomicBoolean();
    private @Nullable ServerSentEventParsingHandle handle;
    private int status;
    private boolean somethingCame;
    private boolean started;
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
        if (started && !finishTold && !ended) {
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
        if (name.equals(START)) {
            started = true;
            tellInputTokens(event.data());
        } else if (name.startsWith(BLOCK)) {
            started = true;
        } else if (name.isEmpty() && event.data() != null) {
            started = started || PIECE.matcher(event.data()).find();
            finishTold = finishTold || FINISH_REASON.matcher(event.data()).find();
        }
        // Told before the event is passed on, because with it the call may end.
        if (!ended && name.equals(ERROR)) {
            ended = true;
            attempts.failed(
                    event.data() != null && event.data().contains("overloaded_error")
                            ? ErrorType.OVERLOADED
                            : ErrorType.SERVER_ERROR);
        } else if (!ended && (name.equals(STOP) || (name.isEmpty() && isLast(event.data())))) {
            ended = true;
            attempts.succeeded();
        }
    }

    /** Told by its two ends: parsing every piece twice would cost more than it finds. */
    private static boolean isHalf(@Nullable String data) {
        String piece = data == null ? "" : data.strip();
        return piece.startsWith("{") && !piece.endsWith("}");
    }

    private static boolean isLast(@Nullable String data) {
        // The plain search comes first, for the pattern looks behind every character of every piece.
        return data != null
                && (data.equals(OPENAI_DONE)
                        || (data.contains("\"done\"")
                                && OLLAMA_DONE.matcher(data).find()));
    }

    // LangChain4j tells the tokens at the end only; a stream that is cancelled has cost its input all the same.
    private static void tellInputTokens(@Nullable String messageStart) {
        Inference call = Inference.current();
        if (call != null && messageStart != null) {
            Map<String, Long> counts = new HashMap<>();
            Matcher matcher = INPUT_TOKENS.matcher(messageStart);
            while (matcher.find()) {
                counts.putIfAbsent(matcher.group(1), Long.valueOf(matcher.group(2)));
            }
            call.usage(TokenUsage.anthropic(
                    counts.get("input_tokens"),
                    null,
                    counts.get("cache_read_input_tokens"),
                    counts.get("cache_creation_input_tokens")));
        }
    }

    private boolean cancelled() {
        return handle != null && handle.isCancelled();
    }
}
