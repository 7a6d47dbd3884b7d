package io.bookstore.simulator.http;

import java.time.Duration;

/**
 * The most that a client may ask of one connection.
 *
 * @param bodyBytes   longest request body
 * @param requestTime between the first byte of a request and its last
 * @param waiting     requests of one HTTP/1.1 connection that wait for an answer; beyond, the connection is not read
 * @param streams     streams of one HTTP/2 connection under way at a time; beyond, a stream is refused
 */
record ConnectionLimits(int bodyBytes, Duration requestTime, int waiting, int streams) {

    /** The limits of a started simulator: 2 minutes, 16 requests, 1,000 streams. */
    static ConnectionLimits withBodyBytes(int bodyBytes) {
        return new ConnectionLimits(bodyBytes, Duration.ofMinutes(2), 16, 1_000);
    }
}
