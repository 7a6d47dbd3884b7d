package io.bookstore.perf.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads k6's JSON lines and those of {@link GroupedSampleWriter} one at a time, so that memory does not grow with the file.
 * Unknown members are skipped: k6 adds some with every release. Not thread-safe; may be fed line by line while a file is
 * still being written.
 */
public final class SampleReader {

    private static final JsonFactory json = new JsonFactory();

    /** The length of {@code 2026-11-28T12:00:00}, the text before the fraction. */
    private static final int SECONDS_LENGTH = 19;

    /** The length of {@code +01:00}. */
    private static final int ZONE_LENGTH = 6;

    private final SampleSink sink;
    private final SampleGroup.Shapes shapes = new SampleGroup.Shapes();
    private long unreadableLines;
    private String lastTime = "";
    private int lastZone;
    private long lastSecond;

    public SampleReader(SampleSink sink) {
        this.sink = sink;
    }

    /**
     * Hands every line of the file to the sink.
     *
     * @return how many lines could not be read, as a run that was killed leaves one at the end
     */
    public static long read(Path file, SampleSink sink) throws IOException {
        SampleReader reader = new SampleReader(sink);
        try (BufferedReader lines = SampleFile.lines(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reader.line(line);
            }
        }
        return reader.unreadableLines;
    }

    /** Takes one complete line; a line that is no sample is counted, never thrown. */
    public void line(String line) {
        if (line.isBlank()) {
            return;
        }
        try {
            Line parsed = parse(line);
            if (!parsed.handTo(sink, shapes)) {
                unreadableLines++;
            }
        } catch (IOException | DateTimeParseException | IllegalArgumentException e) {
            unreadableLines++;
        }
    }

    public long unreadableLines() {
        return unreadableLines;
    }

    private Line parse(String text) throws IOException {
        Line line = new Line();
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "type" -> line.type = parser.getText();
                    case "metric" -> line.metric = parser.getText();
                    case "data" -> readData(parser, line);
                    case "time" -> line.time = instant(parser.getText());
                    case "shape" -> line.group().readShape(parser);
                    case "samples" -> line.group().readKinds(parser);
                    case "after" -> line.group().readAfter(parser);
                    case "values" -> line.group().readValues(parser);
                    case "metadata" -> readTexts(parser, line.metadata());
                    default -> parser.skipChildren();
                }
            }
        }
        return line;
    }

    private void readData(JsonParser parser, Line line) throws IOException {
        requireObject(parser);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "time" -> line.time = instant(parser.getText());
                case "value" -> line.value = value.isNumeric() ? parser.getDoubleValue() : Double.NaN;
                case "tags" -> readTexts(parser, line.tags);
                case "metadata" -> readTexts(parser, line.metadata());
                case "type" -> line.metricType = parser.getText();
                case "contains" -> line.contains = parser.getText();
                default -> parser.skipChildren();
            }
        }
    }

    static void readTexts(JsonParser parser, Map<String, String> texts) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        requireObject(parser);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            texts.put(name, parser.getText());
        }
    }

    private static void requireObject(JsonParser parser) throws JsonProcessingException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("expected an object");
        }
    }

    /** The samples of a second share all but the fraction, which is cheaper to read than a date. */
    private Instant instant(String text) {
        int zone = text.length() - (text.endsWith("Z") ? 1 : ZONE_LENGTH);
        boolean sameSecond = zone >= SECONDS_LENGTH
                && text.length() - zone == lastTime.length() - lastZone
                && text.regionMatches(0, lastTime, 0, SECONDS_LENGTH)
                && text.regionMatches(zone, lastTime, lastZone, text.length() - zone);
        if (sameSecond) {
            int nanos = nanos(text, zone);
            if (nanos >= 0) {
                return Instant.ofEpochSecond(lastSecond, nanos);
            }
        }
        // k6 writes local time with an offset; Instant.parse takes that from JDK 12 on, but only OffsetDateTime is
        // specified to.
        Instant time = text.endsWith("Z")
                ? Instant.parse(text)
                : OffsetDateTime.parse(text).toInstant();
        if (zone >= SECONDS_LENGTH) {
            lastTime = text;
            lastZone = zone;
            lastSecond = time.getEpochSecond();
        }
        return time;
    }

    /** The fraction between the seconds and the zone; negative if there is something else. */
    private static int nanos(String text, int zone) {
        if (zone == SECONDS_LENGTH) {
            return 0;
        }
        int digits = zone - SECONDS_LENGTH - 1;
        if (text.charAt(SECONDS_LENGTH) != '.' || digits < 1 || digits > 9) {
            return -1;
        }
        int nanos = 0;
        for (int i = 1; i <= 9; i++) {
            int digit = i <= digits ? text.charAt(SECONDS_LENGTH + i) - '0' : 0;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            nanos = nanos * 10 + digit;
        }
        return nanos;
    }

    private static final class Line {
        private @Nullable String type;
        private @Nullable String metric;
        private @Nullable Instant time;
        private double value = Double.NaN;
        private @Nullable String metricType;
        private String contains = "default";
        private final Map<String, String> tags = new HashMap<>();
        private @Nullable Map<String, String> metadata;
        private @Nullable SampleGroup group;

        private SampleGroup group() {
            if (group == null) {
                group = new SampleGroup();
            }
            return group;
        }

        private Map<String, String> metadata() {
            if (metadata == null) {
                metadata = new HashMap<>();
            }
            return metadata;
        }

        private boolean handTo(SampleSink sink, SampleGroup.Shapes shapes) {
            if (group != null && "Shape".equals(type)) {
                return group.define(shapes);
            }
            if (group != null && "Points".equals(type)) {
                return time != null && group.handTo(sink, shapes, time, metadata == null ? Map.of() : metadata);
            }
            if (metric == null || type == null) {
                return false;
            }
            if (type.equals("Point") && time != null && !Double.isNaN(value)) {
                sink.sample(new Sample(metric, time, value, tags, metadata == null ? Map.of() : metadata));
                return true;
            }
            if (type.equals("Metric") && metricType != null) {
                sink.metric(new Metric(metric, MetricType.valueOf(metricType.toUpperCase(Locale.ROOT)), contains));
                return true;
            }
            return false;
        }
    }
}
