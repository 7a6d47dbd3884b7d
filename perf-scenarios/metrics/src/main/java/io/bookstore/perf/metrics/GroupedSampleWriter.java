package io.bookstore.perf.metrics;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes every sample in a fifth of the space of k6's lines, by what the samples of a request share: a {@code Points} line
 * has a group of samples, and a {@code Shape} line before it says, once, which metrics and tags such a group has. The lines
 * of metrics are k6's. Times and values stay exact. Used by one thread; buffered, so {@link #flush} before somebody else
 * reads.
 */
public final class GroupedSampleWriter implements Closeable {
    /** So many kinds and shapes are kept before numbers start anew, here and in the reader. */
    private static final int MOST = 4_096;

    private static final byte[] SHAPE = ascii("{\"type\":\"Points\",\"shape\":");
    private static final byte[] TIME = ascii(",\"time\":\"");
    private static final byte[] AFTER = ascii("\",\"after\":[");
    private static final byte[] VALUES = ascii("],\"values\":[");
    private static final byte[] METADATA = ascii(",\"metadata\":");
    private static final byte[] NOTHING = {};
    private static final byte[] COMMA = {','};
    private static final byte[] OPEN = {'['};
    private static final byte[] CLOSE = {']'};
    private static final byte[] END = {'}'};

    private final OutputStream out;
    private final JsonBuffer buffer;
    private final SampleWriter lines;
    private final List<Kind> kinds = new ArrayList<>();
    private final Map<Kind, Integer> numbers = new HashMap<>();
    private final IdentityHashMap<Map<String, String>, Map<String, Integer>> numbersByTags = new IdentityHashMap<>();
    private final Map<Shape, Integer> shapes = new HashMap<>();
    private final Group group = new Group();

    /** @param out closed by {@link #close}; needs no buffer of its own */
    public GroupedSampleWriter(OutputStream out) {
        this.out = out;
        this.buffer = new JsonBuffer(out);
        this.lines = new SampleWriter(out, buffer);
    }

    /** @param thresholds the expressions on the metric as a whole */
    public void write(Metric metric, List<String> thresholds, List<SampleWriter.SubMetric> subMetrics)
            throws IOException {
        endGroup();
        lines.write(metric, thresholds, subMetrics);
    }

    public void write(Sample sample) throws IOException {
        int kind = kindOf(sample);
        if (!group.takes(sample, kind)) {
            endGroup();
            if (kinds.size() > MOST || shapes.size() > MOST || numbersByTags.size() > MOST) {
                forget();
                kind = kindOf(sample);
            }
        }
        group.add(sample, kind);
    }

    public void flush() throws IOException {
        endGroup();
        buffer.flush();
    }

    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }

    private int kindOf(Sample sample) {
        return numbersByTags
                .computeIfAbsent(sample.tags(), tags -> new HashMap<>())
                .computeIfAbsent(sample.metric(), metric -> number(new Kind(metric, sample.tags())));
    }

    private int number(Kind kind) {
        return numbers.computeIfAbsent(kind, added -> {
            kinds.add(added);
            return kinds.size() - 1;
        });
    }

    private void forget() {
        kinds.clear();
        numbers.clear();
        numbersByTags.clear();
        shapes.clear();
    }

    private void endGroup() throws IOException {
        if (group.steps == 0) {
            return;
        }
        Shape shape = new Shape(Arrays.copyOf(group.kinds, group.steps));
        Integer known = shapes.get(shape);
        if (known == null) {
            known = shapes.size();
            shapes.put(shape, known);
            writeShape(known, shape);
        }
        writeGroup(known);
        group.clear();
    }

    private void writeShape(int number, Shape shape) throws IOException {
        buffer.raw("{\"type\":\"Shape\",\"shape\":").whole(number).raw(",\"samples\":[");
        for (int i = 0; i < shape.kinds.length; i++) {
            Kind kind = kinds.get(shape.kinds[i]);
            buffer.raw(i == 0 ? "{\"metric\":" : ",{\"metric\":").quoted(kind.metric);
            buffer.raw(",\"tags\":").raw(SampleWriter.tagText(kind.tags)).raw(END);
        }
        buffer.raw(CLOSE).raw(END);
        buffer.endLine();
    }

    private void writeGroup(int shape) throws IOException {
        buffer.raw(SHAPE).whole(shape).raw(TIME);
        lines.writeTime(group.start);
        buffer.raw(AFTER);
        for (int i = 0; i < group.size; i++) {
            buffer.raw(i == 0 ? NOTHING : COMMA).whole(group.after[i]);
        }
        buffer.raw(VALUES);
        for (int step = 0, i = 0; step < group.steps; step++) {
            buffer.raw(step == 0 ? NOTHING : COMMA);
            writeRun(i, i += group.runs[step]);
        }
        buffer.raw(CLOSE);
        if (!group.metadata.isEmpty()) {
            buffer.raw(METADATA).raw(SampleWriter.tagText(group.metadata));
        }
        buffer.raw(END);
        buffer.endLine();
    }

    /** A value, or a list of those that follow each other with the same metric and tags, as the gaps of a stream do. */
    private void writeRun(int from, int to) {
        if (to - from == 1) {
            buffer.number(group.values[from]);
            return;
        }
        for (int i = from; i < to; i++) {
            buffer.raw(i == from ? OPEN : COMMA).number(group.values[i]);
        }
        buffer.raw(CLOSE);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private record Kind(String metric, Map<String, String> tags) {}

    /** The kinds of a group, by their numbers; equal to another with the same ones in the same order. */
    private static final class Shape {
        private final int[] kinds;

        private Shape(int[] kinds) {
            this.kinds = kinds;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Shape shape && Arrays.equals(kinds, shape.kinds);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(kinds);
        }
    }

    /** Samples that follow each other and share their metadata; without metadata, those that share time and tags. */
    private static final class Group {
        private Map<String, String> metadata = Map.of();
        private Map<String, String> tags = Map.of();
        private Instant start = Instant.EPOCH;
        private Instant last = Instant.EPOCH;
        private int steps;
        private int size;
        private int[] kinds = new int[64];
        private int[] runs = new int[64];
        private long[] after = new long[64];
        private double[] values = new double[64];

        private boolean takes(Sample sample, int kind) {
            // The identity tells virtual users with equal metadata apart, whose samples mingle in ever new ways.
            if (steps == 0 || size == MOST || sample.metadata() != metadata) {
                return steps == 0;
            }
            if (metadata.isEmpty() && (sample.tags() != tags || !sample.time().equals(last))) {
                return false;
            }
            return kind == kinds[steps - 1] || !has(kind);
        }

        private boolean has(int kind) {
            for (int i = 0; i < steps; i++) {
                if (kinds[i] == kind) {
                    return true;
                }
            }
            return false;
        }

        private void add(Sample sample, int kind) {
            reserve();
            if (steps == 0) {
                metadata = sample.metadata();
                start = sample.time();
                last = start;
            }
            if (steps > 0 && kinds[steps - 1] == kind) {
                runs[steps - 1]++;
            } else {
                kinds[steps] = kind;
                runs[steps++] = 1;
            }
            after[size] = (sample.time().getEpochSecond() - last.getEpochSecond()) * 1_000_000_000
                    + (sample.time().getNano() - last.getNano());
            values[size++] = sample.value();
            tags = sample.tags();
            last = sample.time();
        }

        private void reserve() {
            if (size == values.length) {
                kinds = Arrays.copyOf(kinds, size * 2);
                runs = Arrays.copyOf(runs, size * 2);
                after = Arrays.copyOf(after, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
        }

        private void clear() {
            steps = 0;
            size = 0;
        }
    }
}
