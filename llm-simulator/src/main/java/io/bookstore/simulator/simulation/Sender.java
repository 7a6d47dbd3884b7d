package io.bookstore.simulator.simulation;

import io.bookstore.simulator.limit.Caller;

/**
 * The identity of a request.
 *
 * @param requestKey what stays the same over the retries of a call
 */
public record Sender(String requestKey, Caller caller) {}
