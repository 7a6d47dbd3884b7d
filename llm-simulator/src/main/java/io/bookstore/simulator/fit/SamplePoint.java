package io.bookstore.simulator.fit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * A sample of a run, as far as a fit needs it.
 *
 * @param time read only for the samples whose time counts
 */
record SamplePoint(String metric, JsonNode tags, JsonNode metadata, double value, Supplier<Instant> time) {}
