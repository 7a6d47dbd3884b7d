package io.bookstore.k6.http;

import java.io.IOException;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events as the extension {@code k6/x/sse} hands them over: comments are kept, an empty line always ends an
 * event, and a line of no known field is an error of its own. Lines may end with CR and LF, as the HTML standard (section 9.2,
 * Server-sent events) allows.
 */
final class EventStreamReader implements EventReader {
    private static final long LONGEST_LINE = 16 << 20;

    private final BufferedSource source;
    private String id = "";
    private String comment = "";
    private String name = "";
    private @Nullable StringBuilder data;

    EventStreamReader(BufferedSource source) {
        this.source = source;
    }

    /** The next event, waiting for it; null at the end, where an event without its empty line is dropped. */
    @Override
    public @Nullable StreamEvent next() throws IOException {
        for (String line = nextLine(); line != null; line = nextLine()) {
            if (line.isEmpty()) {
                return take();
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + (line.startsWith(" ", colon + 1) ? 2 : 1));
            switch (field) {
                case "" -> comment = value;
                case "id" -> id = value;
                case "event" -> name = value;
                case "data" ->
                    data = data == null
                            ? new StringBuilder(value)
                            : data.append('\n').append(value);
                case "retry" -> {
                    // The script decides when to ask again.
                }
                default -> {
                    return new StreamEvent("unknown event: " + line);
                }
            }
        }
        return null;
    }

    private StreamEvent take() {
        StreamEvent event = new StreamEvent(id, comment, name, data == null ? "" : data.toString());
        id = "";
        comment = "";
        name = "";
        data = null;
        return event;
    }

    private @Nullable String nextLine() throws IOException {
        if (source.exhausted()) {
            return null;
        }
        long end = source.indexOf((byte) '\n', 0, LONGEST_LINE);
        if (end < 0 && !source.exhausted() && source.getBuffer().size() >= LONGEST_LINE) {
            throw new IOException("a line of an event is longer than 16 MiB");
        }
        return end < 0 ? source.readUtf8() : source.readUtf8LineStrict(end + 1);
    }
}
