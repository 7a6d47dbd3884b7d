package io.bookstore.llm.internal.sdk;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.bookstore.llm.content.Content;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A measured call from its request to its end. Whatever the SDK gives for it holds the exchange; once nobody holds that any
 * more, the call ends as cancelled. Nothing here throws but what the SDK throws. The lock guards the pieces only: the call is
 * told outside of it, because the host's listeners may wait for another thread that uses the same stream.
 */
public final class Exchange<A, P> {

    private static final InferenceResponse UNREAD = InferenceResponse.of(null, TokenUsage.UNKNOWN);

    private final GenAiTelemetry telemetry;
    private final Sdk sdk;
    private final SdkRequest<A, P> request;
    private final Inference inference;
    private final boolean streaming;
    private final boolean withContent;
    private @Nullable Pieces<P> pieces;
    private boolean watched;
    private boolean answerTaken;

    private Exchange(
            GenAiTelemetry telemetry, Sdk sdk, SdkRequest<A, P> request, Inference inference, boolean streaming) {
        this.telemetry = telemetry;
        this.sdk = sdk;
        this.request = request;
        this.inference = inference;
        this.streaming = streaming;
        boolean[] asked = {false};
        inference.content(() -> {
            asked[0] = true;
            return request.input();
        });
        this.withContent = asked[0];
    }

    /** Returns null if another wrapper around this one measures the same call. */
    static @Nullable <A, P> Exchange<A, P> start(
            GenAiTelemetry telemetry, Sdk sdk, Endpoint endpoint, SdkRequest<A, P> request, boolean streaming) {
        Inference inference = telemetry.start(read(telemetry, endpoint.provider(), request)
                .streaming(streaming)
                .server(endpoint.uri())
                .build());
        return inference.measured() ? new Exchange<>(telemetry, sdk, request, inference, streaming) : null;
    }

    private static InferenceRequest.Builder read(GenAiTelemetry telemetry, String provider, SdkRequest<?, ?> request) {
        try {
            return request.read(provider);
        } catch (Throwable defect) {
            telemetry.defect("read_request", defect);
            return InferenceRequest.of(request.operation(), provider, null);
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // Closing it is the caller's part.
    Scope makeCurrent() {
        return inference.makeCurrent();
    }

    /** The answer in a raw response or in its future, after a look at the headers. */
    Object parsed(Object raw) {
        if (raw instanceof CompletableFuture<?> future) {
            return future.thenApply(this::parsed);
        }
        return sdk.parsed(raw, this);
    }

    /** The headers of the answer are there. */
    public void headers(Function<String, List<String>> headers) {
        sdk.toldHeaders().tell(telemetry, inference, headers);
    }

    /** Returns a result of the SDK as the host gets it: the result itself, or one of its kind that tells of its end. */
    @SuppressWarnings("unchecked") // The SDK's methods give for a request what belongs to it.
    public @Nullable Object observed(@Nullable Object result) {
        if (result instanceof CompletableFuture<?> future) {
            return observedFuture(future);
        }
        Object watching = result == null ? null : sdk.watched(result, this);
        if (watching != null) {
            return watching;
        }
        complete((A) result);
        return result;
    }

    /** A future that is done after the call has ended, and with the very exception that the SDK's is done with. */
    private CompletableFuture<Object> observedFuture(CompletableFuture<?> future) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        answer.whenComplete((done, error) -> fail(error));
        future.whenComplete((done, error) -> {
            if (error == null) {
                answer.complete(observed(done));
            } else {
                fail(error);
                answer.completeExceptionally(error);
            }
        });
        return answer;
    }

    /** This exchange, which ends as cancelled once nobody holds it any more. */
    public synchronized Exchange<A, P> watched() {
        if (!watched) {
            watched = true;
            inference.cancelWhenUnreachable(this);
        }
        return this;
    }

    private void complete(@Nullable A answer) {
        try {
            if (answer == null) {
                inference.complete(UNREAD);
                return;
            }
            inference.content(() -> request.output(answer));
            end(request.answer(answer));
        } catch (Throwable defect) {
            telemetry.defect("read_response", defect);
            inference.complete(UNREAD);
        }
    }

    private void end(Answer answer) {
        FailedAnswerException failure = answer.failure();
        if (failure == null) {
            inference.complete(answer.response());
        } else {
            inference.usage(answer.response().usage());
            inference.fail(failure, failure.type());
        }
    }

    /** A piece arrived for a handler of the host's, which is called in the host's own context. */
    public void piece(P piece, Runnable handler) {
        piece(piece);
        callHost(handler);
    }

    private void callHost(Runnable handler) {
        try (Scope ignored = inference.parent().makeCurrent()) {
            handler.run();
        }
    }

    /** A piece of the answer arrived. */
    void piece(P piece) {
        try {
            boolean output;
            TokenUsage usage;
            synchronized (this) {
                output = pieces().add(piece);
                usage = pieces().usage();
            }
            if (output) {
                inference.chunk();
            }
            // They stand if the stream is cut, closed or dropped.
            if (!usage.equals(TokenUsage.UNKNOWN)) {
                inference.usage(usage);
            }
        } catch (Throwable defect) {
            telemetry.defect("read_chunk", defect);
        }
    }

    private Pieces<P> pieces() {
        if (pieces == null) {
            pieces = request.pieces(withContent);
        }
        return pieces;
    }

    private synchronized boolean whole() {
        return pieces().whole();
    }

    /**
     * A stream has ended for a handler of the host's, which is called in the host's own context.
     *
     * @param error null if the stream ended by itself
     */
    public void endOfStream(@Nullable Throwable error, Runnable handler) {
        if (error == null) {
            endOfStream();
        } else {
            fail(error);
        }
        callHost(handler);
    }

    /** The stream has ended by itself: with a whole answer, or because it was cut. */
    void endOfStream() {
        try {
            if (whole()) {
                completeStream();
            } else {
                inference.fail(
                        new FailedAnswerException("The stream ended before its answer", ErrorType.NETWORK),
                        ErrorType.NETWORK);
            }
        } catch (Throwable defect) {
            telemetry.defect("read_response", defect);
            inference.complete(UNREAD);
        }
    }

    private void completeStream() {
        Answer answer = takeAnswer();
        if (answer != null) {
            inference.content(this::streamedContent);
            end(answer);
        }
    }

    /** Returns null if another thread has taken the answer and ends the call with it: its content must not be told twice. */
    private synchronized @Nullable Answer takeAnswer() {
        if (answerTaken) {
            return null;
        }
        answerTaken = true;
        return pieces().answer();
    }

    private synchronized Content streamedContent() {
        return pieces().content();
    }

    /** The host closes: a stream early unless its answer is whole, any other answer without having read it. */
    public void close() {
        if (!streaming) {
            inference.complete(UNREAD);
        } else if (whole()) {
            endOfStream();
        } else {
            inference.cancel();
        }
    }

    /** Closes the call before what is below it, or that would look like a stream that was cut. */
    public void closeBefore(Runnable below) {
        try {
            close();
        } finally {
            below.run();
        }
    }

    /**
     * A future that is done as the one below is, after the call has ended. It hears of a refusal even if nobody subscribes, and of
     * a stream that was given up. What is below may hold it, for it does not hold the stream of the host: the SDK closes its own
     * once nobody holds that one any more.
     */
    public CompletableFuture<Void> endedBefore(CompletableFuture<Void> below) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        below.whenComplete((done, error) -> {
            fail(error);
            close();
            if (error == null) {
                ended.complete(done);
            } else {
                ended.completeExceptionally(error);
            }
        });
        return ended;
    }

    /** The host has read the body by itself: the call is over, and nobody knows its answer. */
    public void completeUnread() {
        inference.complete(UNREAD);
    }

    /** Ends the call as failed; null does nothing. */
    public void fail(@Nullable Throwable thrown) {
        if (thrown == null) {
            return;
        }
        Throwable cause = thrown.getCause();
        Throwable error = thrown instanceof CompletionException && cause != null ? cause : thrown;
        Function<String, List<String>> headers = sdk.headers(error);
        if (headers != null) {
            headers(headers);
        }
        inference.fail(error, sdk::errorType);
    }
}
