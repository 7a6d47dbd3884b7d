package io.bookstore.simulator.wire;

import java.util.List;
import java.util.Map;

/** One provider's HTTP dialect. Implementations keep no state and are thread-safe. */
public interface WireFormat {

    /** What the journal calls it. */
    String provider();

    /** Whether an unknown path is this provider's to refuse. */
    boolean owns(String path);

    List<Endpoint> endpoints();

    /** How this provider says no before an answer has begun. */
    WireError error(Refusal refusal, String requestId);

    /** The headers that name a request. */
    Map<String, String> requestHeaders(String requestId);
}
