package io.bookstore.simulator.http;

import io.netty.handler.codec.http.HttpHeaders;

/** The head of a request whose body was longer than allowed and has been thrown away. */
record OversizedRequest(String method, String uri, HttpHeaders headers) {}
