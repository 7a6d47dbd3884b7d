package io.bookstore.simulator.state;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that was uploaded, or that a batch has written.
 *
 * @param content a character for each byte: half the memory of a text, and no picture is spoilt
 * @param expires null if it is kept until it is deleted
 */
public record StoredFile(
        String id,
        String name,
        String purpose,
        String content,
        Instant created,
        @Nullable Instant expires) implements Kept {

    /** The content as text. */
    public String text() {
        return new String(asBytes(), StandardCharsets.UTF_8);
    }

    public byte[] asBytes() {
        return content.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public long bytes() {
        return content.length();
    }

    /** Returns whether it is gone by now. */
    public boolean isExpired(Instant now) {
        return expires != null && !now.isBefore(expires);
    }
}
