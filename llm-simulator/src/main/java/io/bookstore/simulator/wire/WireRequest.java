package io.bookstore.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * @param path without the query
 * @param body a missing node where there is none
 */
public record WireRequest(String path, JsonNode body) {}
