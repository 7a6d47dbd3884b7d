package io.bookstore.perf.metrics;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Takes a samples file in pieces, as it grows, and hands on every line that is complete. Not thread-safe. */
public final class SampleFeed {

    private final SampleReader reader;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);

    public SampleFeed(SampleSink sink) {
        this.reader = new SampleReader(sink);
    }

    /** The next {@code length} bytes of the file; they may end anywhere, within a character too. */
    public void bytes(byte[] bytes, int length) {
        int start = 0;
        for (int index = 0; index < length; index++) {
            if (bytes[index] == '\n') {
                line.write(bytes, start, index - start);
                reader.line(line.toString(StandardCharsets.UTF_8));
                line.reset();
                start = index + 1;
            }
        }
        line.write(bytes, start, length - start);
    }
}
