package io.bookstore.simulator;

/** A request whose body was longer than allowed and has been thrown away. */
record OversizedRequest(String uri) {}
