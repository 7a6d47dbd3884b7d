package io.bookstore.llm.langchain4j.http;

import dev.langchain4j.exception.HttpException;
import io.bookstore.llm.error.CauseChain;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A provider answered with an error status. LangChain4j maps it as it maps its own {@link HttpException}, and keeps it as
 * the cause, so the headers are there for whoever decides on a retry.
 */
public final class ProviderHttpException extends HttpException {

    private static final long serialVersionUID = 1;

    // Nobody waits longer for one call, and sums of what is asked for must not overflow.
    private static final long LONGEST_WAIT_SECONDS = 86_400;

    private final transient Map<String, List<String>> headers;

    ProviderHttpException(int status, String body, Map<String, List<String>> headers) {
        super(status, body);
        TreeMap<String, List<String>> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        caseless.putAll(headers);
        this.headers = caseless;
    }

    /** The first value of a header, whatever its case; null if the answer had none. */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /**
     * Returns the wait that the provider asks for ({@code Retry-After} in seconds, RFC 9110 10.2.3), a day at most; null if it does
     * not say.
     */
    public @Nullable Duration retryAfter() {
        String value = header("retry-after");
        if (value == null) {
            return null;
        }
        try {
            long seconds = Long.parseLong(value.strip());
            return seconds < 0 ? null : Duration.ofSeconds(Math.min(seconds, LONGEST_WAIT_SECONDS));
        } catch (NumberFormatException dateOrNonsense) {
            // Providers send seconds; a date would have to be read against their clock.
            return null;
        }
    }

    /** The one among the causes of {@code error}, or null. */
    public static @Nullable ProviderHttpException in(Throwable error) {
        for (Throwable cause : CauseChain.of(error)) {
            if (cause instanceof ProviderHttpException found) {
                return found;
            }
        }
        return null;
    }
}
