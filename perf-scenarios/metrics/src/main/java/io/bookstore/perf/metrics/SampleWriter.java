package io.bookstore.perf.metrics;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes what k6's {@code --out json} writes: a {@code Metric} line on first sight of a metric, then a {@code Point} line
 * for each sample. Used by one thread; buffered, so {@link #flush} before somebody else reads.
 */
public final class SampleWriter implements Closeable {
    /** Samples of the same kind share their map of tags; so many kinds are kept before the cache starts anew. */
    private static final int CACHED_TAGS = 4_096;

    private static final byte[] VALUE = "\",\"value\":".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TAGS = ",\"tags\":".getBytes(StandardCharsets.UTF_8);
    private static final byte[] METADATA = ",\"metadata\":".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END = "}}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] DOT = {'.'};
    private static final byte[] UTC = {'Z'};

    private final OutputStream out;
    private final JsonBuffer buffer;
    private final Map<String, byte[]> pointStarts = new HashMap<>();
    private final IdentityHashMap<Map<String, String>, byte[]> tagTexts = new IdentityHashMap<>();
    private Map<String, String> lastMetadata = Map.of();
    private byte[] lastMetadataText = new byte[0];
    private long cachedSecond = Long.MIN_VALUE;
    private byte[] cachedSecondText = new byte[0];

    /** @param out closed by {@link #close}; needs no buffer of its own */
    public SampleWriter(OutputStream out) {
        this(out, new JsonBuffer(out));
    }

    SampleWriter(OutputStream out, JsonBuffer buffer) {
        this.out = out;
        this.buffer = buffer;
    }

    /**
     * @param filter the tags a sample must have
     * @param suffix the filter as the threshold's key has it, without braces
     */
    public record SubMetric(String name, String suffix, Map<String, String> filter) {}

    /** @param thresholds the expressions on the metric as a whole */
    public void write(Metric metric, List<String> thresholds, List<SubMetric> subMetrics) throws IOException {
        buffer.raw("{\"type\":\"Metric\",\"data\":{\"name\":").quoted(metric.name());
        buffer.raw(",\"type\":").quoted(metric.type().name().toLowerCase(Locale.ROOT));
        buffer.raw(",\"contains\":").quoted(metric.contains()).raw(",\"thresholds\":[");
        for (int i = 0; i < thresholds.size(); i++) {
            buffer.raw(i == 0 ? "" : ",").quoted(thresholds.get(i));
        }
        buffer.raw("],\"submetrics\":").raw(subMetrics.isEmpty() ? "null" : "[");
        for (int i = 0; i < subMetrics.size(); i++) {
            SubMetric part = subMetrics.get(i);
            buffer.raw(i == 0 ? "{\"name\":" : ",{\"name\":").quoted(part.name());
            buffer.raw(",\"suffix\":").quoted(part.suffix()).raw(",\"tags\":");
            writeTags(part.filter());
            buffer.raw("}");
        }
        buffer.raw(subMetrics.isEmpty() ? "" : "]")
                .raw("},\"metric\":")
                .quoted(metric.name())
                .raw("}");
        buffer.endLine();
    }

    public void write(Sample sample) throws IOException {
        buffer.raw(pointStarts.computeIfAbsent(sample.metric(), SampleWriter::pointStart));
        writeTime(sample.time());
        buffer.raw(VALUE).number(sample.value()).raw(TAGS);
        buffer.raw(tagTexts.computeIfAbsent(sample.tags(), SampleWriter::tagText));
        writeMetadata(sample.metadata());
        buffer.raw(END);
        buffer.endLine();
        if (tagTexts.size() > CACHED_TAGS) {
            tagTexts.clear();
        }
    }

    public void flush() throws IOException {
        buffer.flush();
    }

    @Override
    public void close() throws IOException {
        try (out) {
            buffer.flush();
        }
    }

    private static byte[] pointStart(String metric) {
        return new JsonBuffer(OutputStream.nullOutputStream())
                .raw("{\"metric\":")
                .quoted(metric)
                .raw(",\"type\":\"Point\",\"data\":{\"time\":\"")
                .takeBytes();
    }

    /** RFC 3339 with nanoseconds, in UTC; all but the fraction is the same for a second's worth of samples. */
    void writeTime(Instant time) {
        if (time.getEpochSecond() != cachedSecond) {
            cachedSecond = time.getEpochSecond();
            String text = Instant.ofEpochSecond(cachedSecond).toString();
            cachedSecondText = text.substring(0, text.length() - 1).getBytes(StandardCharsets.UTF_8);
        }
        buffer.raw(cachedSecondText);
        if (time.getNano() != 0) {
            buffer.raw(DOT).digits(time.getNano(), 9);
        }
        buffer.raw(UTC);
    }

    private void writeTags(Map<String, String> tags) {
        buffer.raw(tagText(tags));
    }

    /** Absent when there is none, as in k6; the samples of one request share their map and so its text. */
    private void writeMetadata(Map<String, String> metadata) {
        if (metadata.isEmpty()) {
            return;
        }
        if (metadata != lastMetadata) {
            lastMetadata = metadata;
            lastMetadataText = tagText(metadata);
        }
        buffer.raw(METADATA).raw(lastMetadataText);
    }

    static byte[] tagText(Map<String, String> tags) {
        JsonBuffer text = new JsonBuffer(OutputStream.nullOutputStream()).raw("{");
        boolean first = true;
        for (Map.Entry<String, String> tag : new TreeMap<>(tags).entrySet()) {
            text.raw(first ? "" : ",").quoted(tag.getKey()).raw(":").quoted(tag.getValue());
            first = false;
        }
        return text.raw("}").takeBytes();
    }
}
