package io.bookstore.simulator.clients;

/** What a client made of an answer, in its own names where the providers differ. */
record Reply(String text, String finishReason, long inputTokens, long outputTokens) {}
