package io.bookstore.api.llm.call;

import io.bookstore.api.http.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call to a provider failed; the client gets the problem its {@link LlmFailure} stands for. */
public final class LlmException extends ProblemException {

    private static final long serialVersionUID = 1L;

    private final LlmFailure failure;
    private final @Nullable Duration retryAfter;

    /**
     * @param detail safe to show to the client: never the provider's own text
     * @param retryAfter the wait before another attempt makes sense; null if it is unknown
     */
    public LlmException(LlmFailure failure, String detail, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(failure.problemType(), detail, List.of(), retryAfter == null ? failure.usualWait() : retryAfter, cause);
        this.failure = failure;
        this.retryAfter = retryAfter;
    }

    /** The deadline of the request has passed. */
    public static LlmException deadlineExceeded(Throwable cause) {
        return new LlmException(LlmFailure.TIMEOUT, "The provider did not answer before the deadline", null, cause);
    }

    /** The provider was asked and answered, but with nothing a client may see. */
    public static LlmException unusableAnswer() {
        return new LlmException(LlmFailure.BAD_RESPONSE, "The provider's answer cannot be used", null, null);
    }

    /** The client went away, and nobody else wanted the answer. */
    public static LlmException clientGone(@Nullable Throwable cause) {
        return new LlmException(LlmFailure.CANCELLED, "The request was cancelled", null, cause);
    }

    @Override
    protected String errorType() {
        return failure.errorType().wireName();
    }

    public LlmFailure failure() {
        return failure;
    }

    /** The same without what the provider said: some providers repeat the key in their message. */
    public LlmException withoutCause() {
        return new LlmException(failure, String.valueOf(getMessage()), retryAfter, null);
    }

    @Nullable
    public Duration waitBeforeRetry() {
        return retryAfter;
    }
}
