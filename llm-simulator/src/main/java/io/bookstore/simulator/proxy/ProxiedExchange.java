package io.bookstore.simulator.proxy;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A request that a {@link ProxyServer} passed on, with all that came back. Do not modify the arrays.
 *
 * @param time           when the request was sent to the upstream, from which all durations count
 * @param uri            path and query, as the client wrote them
 * @param requestHeaders as the client sent them, keys included
 * @param status         0 if none came
 * @param headNanos      to the head of the answer; 0 if none came
 * @param durationNanos  to the end of the answer
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record ProxiedExchange(
        Instant time,
        String method,
        String uri,
        List<Map.Entry<String, String>> requestHeaders,
        byte[] requestBody,
        int status,
        List<Map.Entry<String, String>> headers,
        long headNanos,
        long durationNanos,
        List<Chunk> chunks,
        Ending ending) {

    public ProxiedExchange {
        requestHeaders = List.copyOf(requestHeaders);
        headers = List.copyOf(headers);
        chunks = List.copyOf(chunks);
    }

    /** A part of the answer's body, as it came. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    public record Chunk(long nanos, byte[] bytes) {}

    /** The ways in which an exchange ends. */
    public enum Ending {
        COMPLETED,
        /** The upstream broke off. */
        CUT,
        /** The client went away. */
        CANCELLED
    }
}
