package io.bookstore.simulator.wire;

/** A status and a JSON body. */
public record WireError(int status, String body) {}
