package io.bookstore.simulator.clients;

/** The answer as a client understood it, in its own names where the providers differ. */
record Reply(String text, String finishReason, long inputTokens, long outputTokens) {}
