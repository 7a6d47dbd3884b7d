package io.bookstore.k6.http;

import java.io.IOException;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Reads the events of an answer, in the format of its media type. */
interface EventReader {

    /** The next event, waiting for it; null at the end of the stream. */
    @Nullable
    StreamEvent next() throws IOException;

    /** The reader of an answer with that media type; server-sent events unless it is another format that is known. */
    static EventReader of(@Nullable String mediaType, BufferedSource source) {
        return mediaType != null && mediaType.startsWith(AmazonEventReader.MEDIA_TYPE)
                ? new AmazonEventReader(source)
                : new EventStreamReader(source);
    }
}
