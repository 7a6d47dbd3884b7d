package io.bookstore.perf.metrics;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The content of a line of {@link GroupedSampleWriter}: a shape with its kinds of samples, or a group of samples of a shape. */
final class SampleGroup {

    private record Kind(String metric, Map<String, String> tags) {}

    /** The shapes of a file up to here, by number; a number that comes again replaces the one before. */
    static final class Shapes {
        private final Map<Integer, List<Kind>> byNumber = new HashMap<>();
    }

    private final List<Kind> kinds = new ArrayList<>(0);
    private final List<Integer> runs = new ArrayList<>(32);
    private double[] values = new double[32];
    private long[] after = new long[32];
    private int valueCount;
    private int afterCount;
    private int shape = -1;

    void readShape(JsonParser parser) throws IOException {
        shape = parser.getIntValue();
    }

    void readKinds(JsonParser parser) throws IOException {
        requireArray(parser);
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String metric = "";
            Map<String, String> tags = new HashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "metric" -> metric = parser.getText();
                    case "tags" -> SampleReader.readTexts(parser, tags);
                    default -> parser.skipChildren();
                }
            }
            kinds.add(new Kind(metric, Map.copyOf(tags)));
        }
    }

    void readAfter(JsonParser parser) throws IOException {
        requireArray(parser);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (afterCount == after.length) {
                after = Arrays.copyOf(after, afterCount * 2);
            }
            after[afterCount++] = parser.getLongValue();
        }
    }

    void readValues(JsonParser parser) throws IOException {
        requireArray(parser);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int before = valueCount;
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    addValue(parser);
                }
            } else {
                addValue(parser);
            }
            runs.add(valueCount - before);
        }
    }

    private void addValue(JsonParser parser) throws IOException {
        if (valueCount == values.length) {
            values = Arrays.copyOf(values, valueCount * 2);
        }
        values[valueCount++] = parser.currentToken().isNumeric() ? parser.getDoubleValue() : Double.NaN;
    }

    boolean define(Shapes shapes) {
        if (shape < 0 || kinds.isEmpty()) {
            return false;
        }
        shapes.byNumber.put(shape, kinds);
        return true;
    }

    /** Returns false if the line does not fit its shape, or a value is no number; the others of the group are handed over. */
    boolean handTo(SampleSink sink, Shapes shapes, Instant start, Map<String, String> metadata) {
        @Nullable List<Kind> known = shapes.byNumber.get(shape);
        if (known == null || known.size() != runs.size() || afterCount != valueCount) {
            return false;
        }
        Map<String, String> shared = Map.copyOf(metadata);
        boolean whole = true;
        Instant time = start;
        for (int step = 0, i = 0; step < runs.size(); step++) {
            Kind kind = known.get(step);
            for (int end = i + runs.get(step); i < end; i++) {
                time = after[i] == 0 ? time : time.plusNanos(after[i]);
                if (Double.isNaN(values[i])) {
                    whole = false;
                } else {
                    sink.sample(new Sample(kind.metric, time, values[i], kind.tags, shared));
                }
            }
        }
        return whole;
    }

    private static void requireArray(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("expected a list");
        }
    }
}
