package io.bookstore.api.llm;

import io.bookstore.api.problem.ProblemType;
import io.bookstore.llm.ErrorType;

/**
 * Why a summary could not be had, and what follows from it: one row per reason.
 *
 * <p>The README repeats this table; a test compares them.
 */
public enum LlmFailure {
    /** The provider asks to slow down. */
    RATE_LIMITED(ProblemType.RATE_LIMITED, Retry.YES, Breaker.IGNORES, ErrorType.RATE_LIMITED),
    /** The provider's account has no money or volume left; waiting a second changes nothing. */
    QUOTA_EXHAUSTED(ProblemType.PROVIDER_UNAVAILABLE, Retry.NO, Breaker.IGNORES, ErrorType.RATE_LIMITED),
    /** The provider has too much to do. */
    OVERLOADED(ProblemType.PROVIDER_UNAVAILABLE, Retry.YES, Breaker.COUNTS, ErrorType.OVERLOADED),
    /** The provider failed. */
    SERVER_ERROR(ProblemType.PROVIDER_FAILED, Retry.YES, Breaker.COUNTS, ErrorType.SERVER_ERROR),
    /** Connection refused, reset or never made. */
    NETWORK(ProblemType.PROVIDER_FAILED, Retry.YES, Breaker.COUNTS, ErrorType.NETWORK),
    /** The deadline of the request has passed. */
    TIMEOUT(ProblemType.DEADLINE_EXCEEDED, Retry.NO, Breaker.COUNTS, ErrorType.TIMEOUT),
    /** The provider answered 200 with something that is no answer. It has been paid for, so not again. */
    BAD_RESPONSE(ProblemType.PROVIDER_FAILED, Retry.NO, Breaker.COUNTS, ErrorType.OTHER),
    /** The key is wrong or has expired. */
    AUTHENTICATION(ProblemType.PROVIDER_UNAVAILABLE, Retry.NO, Breaker.IGNORES, ErrorType.AUTHENTICATION),
    /** The provider does not know the model. */
    NOT_FOUND(ProblemType.PROVIDER_UNAVAILABLE, Retry.NO, Breaker.IGNORES, ErrorType.NOT_FOUND),
    /** The provider refuses the request as malformed. */
    INVALID_REQUEST(ProblemType.PROVIDER_FAILED, Retry.NO, Breaker.IGNORES, ErrorType.INVALID_REQUEST),
    /** The provider refuses to write about this book. */
    CONTENT_FILTERED(ProblemType.PROVIDER_FAILED, Retry.NO, Breaker.IGNORES, ErrorType.CONTENT_FILTER),
    /** The breaker towards the provider is open. */
    BREAKER_OPEN(ProblemType.PROVIDER_UNAVAILABLE, Retry.NO, Breaker.IGNORES, ErrorType.OVERLOADED),
    /** More calls are under way towards the provider than it may have. */
    TOO_MANY_CALLS(ProblemType.OVERLOADED, Retry.NO, Breaker.IGNORES, ErrorType.OVERLOADED),
    /** The limit of calls per minute towards the provider leaves no room before the deadline. */
    OWN_LIMIT(ProblemType.OVERLOADED, Retry.NO, Breaker.IGNORES, ErrorType.OVERLOADED),
    /** The budget of the day does not allow the call. */
    BUDGET_EXHAUSTED(ProblemType.BUDGET_EXHAUSTED, Retry.NO, Breaker.IGNORES, ErrorType.RATE_LIMITED),
    /** The client went away. */
    CANCELLED(ProblemType.DEADLINE_EXCEEDED, Retry.NO, Breaker.IGNORES, ErrorType.CANCELLED),
    /** None of the above; a gap in this table. */
    UNKNOWN(ProblemType.PROVIDER_FAILED, Retry.NO, Breaker.COUNTS, ErrorType.OTHER);

    private final ProblemType problemType;
    private final Retry retry;
    private final Breaker breaker;
    private final ErrorType errorType;

    LlmFailure(ProblemType problemType, Retry retry, Breaker breaker, ErrorType errorType) {
        this.problemType = problemType;
        this.retry = retry;
        this.breaker = breaker;
        this.errorType = errorType;
    }

    /** The status and the kind of problem document the client gets. */
    public ProblemType problemType() {
        return problemType;
    }

    /** Whether another attempt may succeed and may be made. */
    public boolean retryable() {
        return retry == Retry.YES;
    }

    /** Whether it says something about the health of the provider. */
    public boolean countsForBreaker() {
        return breaker == Breaker.COUNTS;
    }

    /** Whether the same request would fail again, so that the failure may be remembered for a while. */
    public boolean cacheable() {
        return this == CONTENT_FILTERED;
    }

    /** Whether the same request may succeed elsewhere; not if nobody waits any more or the book itself is the reason. */
    public boolean anotherProviderMayHelp() {
        return switch (this) {
            case TIMEOUT, CANCELLED, CONTENT_FILTERED -> false;
            default -> true;
        };
    }

    /** Whether the provider may have written, and so bills, an answer that we did not get. */
    public boolean mayBeBilled() {
        return switch (this) {
            case TIMEOUT, BAD_RESPONSE, CONTENT_FILTERED, CANCELLED, UNKNOWN -> true;
            default -> false;
        };
    }

    /** The metric label {@code error_type}. */
    public ErrorType errorType() {
        return errorType;
    }

    private enum Retry {
        YES,
        NO
    }

    private enum Breaker {
        COUNTS,
        IGNORES
    }
}
