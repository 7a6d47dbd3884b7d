package io.bookstore.simulator.http;

import io.bookstore.simulator.wire.Refusal;
import io.netty.handler.codec.http.HttpHeaders;

/** The head of a request whose body has been thrown away, for the reason that the refusal tells. */
record UnreadRequest(String method, String uri, HttpHeaders headers, Refusal refusal) {}
