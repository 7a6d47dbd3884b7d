package io.bookstore.simulator.state;

/** A part of a stream, due so long after the request for its answer arrived. */
public record StreamPart(long atNanos, String text) {}
