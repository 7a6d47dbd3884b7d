package io.bookstore.simulator.http;

import java.time.Duration;

/**
 * The most that a client may ask of one connection.
 *
 * @param bodyBytes   longest request body, where the provider has no smaller limit
 * @param heldBytes   of all request bodies that have begun to arrive and are not answered yet, of all connections together
 * @param requestTime between the first byte of a request and its last
 * @param waiting     requests of one HTTP/1.1 connection that wait for an answer; beyond, the connection is not read
 * @param streams     streams of one HTTP/2 connection under way at a time; beyond, a stream is refused
 */
public record ConnectionLimits(int bodyBytes, long heldBytes, Duration requestTime, int waiting, int streams) {

    private static final long MOST_HELD_BYTES = 256 << 20;

    /** The limits of a started simulator: 256 MiB, but at most half of the heap's limit; 2 minutes, 16 requests, 1,000 streams. */
    public static ConnectionLimits withBodyBytes(int bodyBytes) {
        // Buffers live outside the heap, and the JVM lets them take as much as the heap.
        long held = Math.min(MOST_HELD_BYTES, Runtime.getRuntime().maxMemory() / 2);
        return new ConnectionLimits(bodyBytes, held, Duration.ofMinutes(2), 16, 1_000);
    }
}
