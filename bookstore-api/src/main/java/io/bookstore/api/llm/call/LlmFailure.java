package io.bookstore.api.llm.call;

import io.bookstore.api.http.problem.ProblemType;
import io.bookstore.llm.error.ErrorType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reasons why a summary could not be had, each with its consequences.
 *
 * <p>The page {@code docs/failures.md} repeats this table; a test compares them.
 */
public enum LlmFailure {
    /** The provider asks to slow down. */
    RATE_LIMITED(ProblemType.RATE_LIMITED, ErrorType.RATE_LIMITED, Trait.RETRYABLE),
    /** The provider's account has no money or volume left; waiting a second changes nothing. */
    QUOTA_EXHAUSTED(ProblemType.PROVIDER_UNAVAILABLE, ErrorType.RATE_LIMITED),
    /** The provider has too much to do. */
    OVERLOADED(ProblemType.PROVIDER_UNAVAILABLE, ErrorType.OVERLOADED, Trait.RETRYABLE, Trait.OPENS_BREAKER),
    /** The provider failed. */
    SERVER_ERROR(ProblemType.PROVIDER_FAILED, ErrorType.SERVER_ERROR, Trait.RETRYABLE, Trait.OPENS_BREAKER),
    /** Connection refused, reset or never made. */
    NETWORK(ProblemType.PROVIDER_FAILED, ErrorType.NETWORK, Trait.RETRYABLE, Trait.OPENS_BREAKER),
    /** The deadline of the request has passed. */
    TIMEOUT(ProblemType.DEADLINE_EXCEEDED, ErrorType.TIMEOUT, Trait.OPENS_BREAKER, Trait.FINAL, Trait.BILLED),
    /** The provider answered 200 with something that is no answer. It has been paid for, so not again. */
    BAD_RESPONSE(ProblemType.PROVIDER_FAILED, ErrorType.OTHER, Trait.OPENS_BREAKER, Trait.BILLED),
    /** The key is wrong or has expired. */
    AUTHENTICATION(ProblemType.PROVIDER_UNAVAILABLE, ErrorType.AUTHENTICATION),
    /** The provider does not know the model. */
    NOT_FOUND(ProblemType.PROVIDER_UNAVAILABLE, ErrorType.NOT_FOUND),
    /** The provider refuses the request as malformed, and will refuse the same one again. */
    INVALID_REQUEST(ProblemType.PROVIDER_FAILED, ErrorType.INVALID_REQUEST, Trait.CACHEABLE),
    /** The provider refuses to write about this book. */
    CONTENT_FILTERED(ProblemType.PROVIDER_FAILED, ErrorType.CONTENT_FILTER, Trait.CACHEABLE, Trait.FINAL, Trait.BILLED),
    /** The breaker towards the provider is open. */
    BREAKER_OPEN(ProblemType.PROVIDER_UNAVAILABLE, ErrorType.OVERLOADED, Trait.OURS),
    /** More calls are under way towards the provider than it may have. */
    TOO_MANY_CALLS(ProblemType.OVERLOADED, ErrorType.OVERLOADED, Trait.OURS),
    /** The limit of calls per minute towards the provider leaves no room soon enough. */
    OWN_LIMIT(ProblemType.OVERLOADED, ErrorType.OVERLOADED, Trait.OURS),
    /** The budget of the day does not allow the call. */
    BUDGET_EXHAUSTED(ProblemType.BUDGET_EXHAUSTED, ErrorType.RATE_LIMITED, Trait.OURS),
    /** The client went away. */
    CANCELLED(ProblemType.DEADLINE_EXCEEDED, ErrorType.CANCELLED, Trait.FINAL, Trait.BILLED),
    /** None of the above; a gap in this table. */
    UNKNOWN(ProblemType.PROVIDER_FAILED, ErrorType.OTHER, Trait.OPENS_BREAKER, Trait.BILLED);

    private static final Duration USUAL_WAIT = Duration.ofSeconds(5);

    private final ProblemType problemType;
    private final ErrorType errorType;
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);

    LlmFailure(ProblemType problemType, ErrorType errorType, Trait... traits) {
        this.problemType = problemType;
        this.errorType = errorType;
        this.traits.addAll(List.of(traits));
    }

    /** The status and the kind of problem document the client gets. */
    public ProblemType problemType() {
        return problemType;
    }

    /** The metric label {@code error_type}: one of the few that all failing parts of the service share. */
    public ErrorType errorType() {
        return errorType;
    }

    /** The metric label {@code reason}: this row. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether another attempt may succeed and may be made. */
    public boolean retryable() {
        return traits.contains(Trait.RETRYABLE);
    }

    /** Returns whether the same request would fail again, so that the failure is remembered for a while. */
    public boolean cacheable() {
        return traits.contains(Trait.CACHEABLE);
    }

    /** Returns whether it says something about the health of the provider. */
    public boolean countsForBreaker() {
        return traits.contains(Trait.OPENS_BREAKER);
    }

    /** Returns whether the same request may succeed elsewhere: the client waits, and the book is not the reason. */
    public boolean anotherProviderMayHelp() {
        return !traits.contains(Trait.FINAL);
    }

    /** Returns whether the provider may have written, and so bills, an answer that we did not get. */
    public boolean mayBeBilled() {
        return traits.contains(Trait.BILLED);
    }

    /** Returns whether the provider itself failed, and not a limit of ours before it. */
    public boolean providerWasAsked() {
        return !traits.contains(Trait.OURS);
    }

    /** The wait before another request if the provider did not say; null if nobody can know. */
    @Nullable
    Duration usualWait() {
        return this == RATE_LIMITED || this == OVERLOADED ? USUAL_WAIT : null;
    }

    private enum Trait {
        RETRYABLE,
        CACHEABLE,
        OPENS_BREAKER,
        FINAL,
        BILLED,
        OURS
    }
}
