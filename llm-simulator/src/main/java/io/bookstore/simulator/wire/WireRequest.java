package io.bookstore.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * @param path  without the query
 * @param query the part after the question mark; empty if there is none
 * @param body  a missing node where there is none
 */
public record WireRequest(String path, String query, JsonNode body) {}
