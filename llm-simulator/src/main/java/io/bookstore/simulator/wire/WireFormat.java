package io.bookstore.simulator.wire;

import io.bookstore.simulator.limit.LimitReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The HTTP dialect of one provider. Implementations keep no state and are thread-safe. */
public interface WireFormat {

    /** The name of the provider in the journal. */
    String provider();

    /** Returns whether an unknown path is this provider's to refuse. */
    boolean owns(String path);

    List<Endpoint> endpoints();

    /**
     * Returns whether a request shows by its headers or its query that it is meant for this provider. It decides where several
     * providers have the same path, such as {@code /v1/models}.
     *
     * @param header the value of a header, null if there is none
     */
    default boolean isMeantBy(Function<String, @Nullable String> header, String query) {
        return false;
    }

    KeyRule keyRule();

    /** The parameters of each kind of request for an answer. */
    List<Parameters> parameters();

    /** The most bytes that the body of a request may have. */
    int maxBodyBytes();

    /** The refusal of a request whose answer has not begun. */
    WireError error(Refusal refusal, String requestId);

    /** The places of a recorded answer, as JSON pointers; of each kind, none where the provider does not tell. */
    Map<AnswerPlace, List<String>> answerPlaces();

    /** The headers that name a request. */
    Map<String, String> requestHeaders(String requestId);

    /** The headers that tell the state of the limits; none with most providers. */
    default Map<String, String> limitHeaders(LimitReport report, Instant now) {
        return Map.of();
    }

    /** Returns whether a request that is refused counts to the limit of requests. */
    default boolean limitsRefused() {
        return false;
    }

    /** The header that every request must have besides its key; null if there is none. */
    default @Nullable String requiredHeader() {
        return null;
    }

    /** Returns whether tokens read from the cache count to the limit of input tokens. */
    default boolean limitsCachedTokens() {
        return true;
    }

    /** Returns whether a refusal may say when to come back, in a header or in its body. */
    default boolean tellsHowLongToWait() {
        return true;
    }

    /** The headers of a refusal: as a rule {@code Retry-After} in seconds, where waiting helps. */
    default Map<String, String> refusalHeaders(Refusal refusal) {
        return refusal.retryAfter() == null
                ? Map.of()
                : Map.of("retry-after", String.valueOf(Refusal.wholeSeconds(refusal.retryAfter())));
    }
}
