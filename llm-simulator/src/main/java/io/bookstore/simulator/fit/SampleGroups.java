package io.bookstore.simulator.fit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
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
    List<SamplePoint> samples(JsonNode line) {
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
        List<SamplePoint> samples = new ArrayList<>();
        Instant time = SampleCalls.time(line);
        for (int step = 0, i = 0; step < shape.size(); step++) {
            JsonNode values = line.get("values").get(step);
            for (int run = 0; run < (values.isArray() ? values.size() : 1); run++, i++) {
                Instant at = time.plusNanos(line.path("after").path(i).longValue());
                time = at;
                samples.add(new SamplePoint(
                        shape.get(step).path("metric").asText(),
                        shape.get(step).path("tags"),
                        line.path("metadata"),
                        (values.isArray() ? values.get(run) : values).asDouble(Double.NaN),
                        () -> at));
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
}
