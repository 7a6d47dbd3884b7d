package io.bookstore.api.llm.provider;

import com.fasterxml.jackson.core.JacksonException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import io.bookstore.api.llm.call.LlmException;
import io.bookstore.api.llm.call.LlmFailure;
import io.bookstore.llm.error.CauseChain;
import io.bookstore.llm.langchain4j.http.EmptyAnswerException;
import io.bookstore.llm.langchain4j.http.ProviderHttpException;
import io.bookstore.llm.langchain4j.http.UnusableAnswerException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads from the exception of a client library which {@link LlmFailure} it is. */
public final class FailureClassifier {

    // More than any limit lasts; what is beyond is a mistake, and overflows whoever computes with it.
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private FailureClassifier() {}

    public static LlmException classify(Throwable thrown) {
        LlmException own = find(thrown, LlmException.class);
        if (own != null) {
            return own;
        }
        LlmFailure failure = failureOf(thrown);
        return failure(failure, retryAfter(thrown), thrown);
    }

    /** @param retryAfter the wait that the provider asked for, at most a day; null if it asked for none */
    static LlmException failure(LlmFailure failure, @Nullable Duration retryAfter, Throwable cause) {
        Duration wait = retryAfter == null || retryAfter.compareTo(LONGEST_WAIT) < 0 ? retryAfter : LONGEST_WAIT;
        return new LlmException(failure, detail(failure), wait, cause);
    }

    private static LlmFailure failureOf(Throwable thrown) {
        HttpException http = find(thrown, HttpException.class);
        if (http != null) {
            return ofStatus(http.statusCode(), String.valueOf(http.getMessage()));
        }
        if (find(thrown, ContentFilteredException.class) != null) {
            return LlmFailure.CONTENT_FILTERED;
        }
        if (find(thrown, TimeoutException.class) != null
                || find(thrown, HttpTimeoutException.class) != null
                || find(thrown, dev.langchain4j.exception.TimeoutException.class) != null) {
            return LlmFailure.TIMEOUT;
        }
        if (find(thrown, InterruptedException.class) != null
                || find(thrown, InterruptedIOException.class) != null
                || find(thrown, CancellationException.class) != null) {
            return LlmFailure.CANCELLED;
        }
        // A parser's exception is an IOException too, so it must be asked for first.
        if (find(thrown, JacksonException.class) != null
                || find(thrown, EmptyReplyException.class) != null
                || find(thrown, EmptyAnswerException.class) != null
                || find(thrown, UnusableAnswerException.class) != null) {
            return LlmFailure.BAD_RESPONSE;
        }
        return find(thrown, IOException.class) != null ? LlmFailure.NETWORK : LlmFailure.UNKNOWN;
    }

    /**
     * Returns the failure that a status and a body stand for.
     *
     * <p>Every format is asked, not that of the provider alone: a gateway passes on the words of the provider behind it.
     */
    static LlmFailure ofStatus(int status, String body) {
        String text = body.toLowerCase(Locale.ROOT);
        LlmFailure own = ofFirst(kind -> kind.client().failureOf(status, text));
        return own == null ? ofStandardStatus(status) : own;
    }

    private static LlmFailure ofStandardStatus(int status) {
        return switch (status) {
            case 401, 403 -> LlmFailure.AUTHENTICATION;
            case 402 -> LlmFailure.QUOTA_EXHAUSTED;
            case 404 -> LlmFailure.NOT_FOUND;
            case 429 -> LlmFailure.RATE_LIMITED;
            case 503 -> LlmFailure.OVERLOADED;
            default -> status >= 500 || status == 408 ? LlmFailure.SERVER_ERROR : LlmFailure.INVALID_REQUEST;
        };
    }

    private static @Nullable Duration retryAfter(Throwable thrown) {
        ProviderHttpException answer = ProviderHttpException.in(thrown);
        if (answer == null) {
            return null;
        }
        Duration inHead = answer.retryAfter();
        if (inHead != null) {
            return inHead;
        }
        String body = String.valueOf(answer.getMessage());
        return ofFirst(kind -> kind.client().retryAfter(body));
    }

    private static String detail(LlmFailure failure) {
        return switch (failure) {
            case RATE_LIMITED -> "The provider asks to slow down";
            case QUOTA_EXHAUSTED -> "The quota at the provider is used up";
            case OVERLOADED -> "The provider is overloaded";
            case SERVER_ERROR -> "The provider failed";
            case NETWORK -> "The provider cannot be reached";
            case TIMEOUT -> "The provider did not answer before the deadline";
            case BAD_RESPONSE -> "The provider's answer cannot be used";
            case AUTHENTICATION -> "The provider refuses the key of this service";
            case NOT_FOUND -> "The provider does not know the model";
            case INVALID_REQUEST -> "The provider refuses the request";
            case CONTENT_FILTERED -> "The provider refuses to write about this book";
            case CANCELLED -> "The request was cancelled";
            case BREAKER_OPEN, TOO_MANY_CALLS, OWN_LIMIT, BUDGET_EXHAUSTED, UNKNOWN -> "The provider call failed";
        };
    }

    /** The HTTP status the provider answered with; null if there was none. */
    public static @Nullable Integer statusOf(Throwable thrown) {
        HttpException http = find(thrown, HttpException.class);
        if (http != null) {
            return http.statusCode();
        }
        for (Throwable cause : CauseChain.of(thrown)) {
            Integer status = ofFirst(kind -> kind.client().statusOf(cause));
            if (status != null) {
                return status;
            }
        }
        return null;
    }

    private static <T> @Nullable T ofFirst(Function<ProviderKind, @Nullable T> reading) {
        for (ProviderKind kind : ProviderKind.values()) {
            T read = reading.apply(kind);
            if (read != null) {
                return read;
            }
        }
        return null;
    }

    private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        for (Throwable cause : CauseChain.of(thrown)) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
