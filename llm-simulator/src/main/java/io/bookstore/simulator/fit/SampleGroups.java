package io.bookstore.simulator.fit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The samples in the lines of the embedded engine, as k6 writes them: a {@code Shape} line has metric and tags of each sample
 * of a group, and the {@code Points} lines that name it have their times and values.
 */
final class SampleGroups {

    private final Map<Integer, JsonNode> shapes = new HashMap<>();

    static boolean isGroup(JsonNode value) {
        return value.path("shape").isInt();
    }

    /**
     * Returns the samples of a group; none for a shape.
     *
     * @throws IllegalArgumentException if the line does not fit a shape before it
     */
    List<JsonNode> samples(JsonNode line) {
        int number = line.get("shape").intValue();
        if (line.path("samples").isArray()) {
            shapes.put(number, line.get("samples"));
            return List.of();
        }
        @Nullable JsonNode shape = shapes.get(number);
        if (shape == null || shape.size() != line.path("values").size()) {
            throw new IllegalArgumentException("has samples of a shape that no line before it tells");
        }
        if (count(line.get("values")) != line.path("after").size()) {
            throw new IllegalArgumentException("has not a time for each of its values");
        }
        List<JsonNode> samples = new ArrayList<>();
        OffsetDateTime time = start(line);
        for (int step = 0, i = 0; step < shape.size(); step++) {
            JsonNode values = line.get("values").get(step);
            for (int run = 0; run < (values.isArray() ? values.size() : 1); run++, i++) {
                time = time.plusNanos(line.path("after").path(i).longValue());
                JsonNode value = values.isArray() ? values.get(run) : values;
                samples.add(sample(shape.get(step), time, value, line.path("metadata")));
            }
        }
        return samples;
    }

    private static int count(JsonNode values) {
        int count = 0;
        for (JsonNode value : values) {
            count += value.isArray() ? value.size() : 1;
        }
        return count;
    }

    private static OffsetDateTime start(JsonNode line) {
        try {
            return OffsetDateTime.parse(line.path("time").asText());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("has no time such as 2026-01-01T00:00:00Z", e);
        }
    }

    private static JsonNode sample(JsonNode kind, OffsetDateTime time, JsonNode value, JsonNode metadata) {
        ObjectNode sample = JsonNodeFactory.instance.objectNode();
        sample.put("metric", kind.path("metric").asText()).put("type", "Point");
        ObjectNode data = sample.putObject("data").put("time", time.toString());
        data.set("value", value);
        data.set("tags", kind.path("tags"));
        data.set("metadata", metadata);
        return sample;
    }
}
