package io.bookstore.simulator.http;

import io.bookstore.simulator.wire.Refusal.Kind;
import io.bookstore.simulator.wire.RefusedException;
import io.netty.buffer.ByteBuf;
import java.io.InputStream;

/**
 * A long JSON body without the bulk of its pictures and files: of each run of base64 (RFC 4648, 4) only the beginning is
 * read, which has the size of a picture. A reader of JSON needs several times the memory of a text; the text that is left has a
 * limit, so that memory is bounded whatever a body carries.
 */
final class LongBodyStream extends InputStream {

    /** Bytes of a run that are always read: prose has a space long before, and most pictures tell their size by then. */
    static final int SHORT_RUN_BYTES = 4 << 10;

    /** Bytes of a run that are read while there is room: a JPEG may have a profile before its size. */
    static final int LONG_RUN_BYTES = 256 << 10;

    /**
     * Most bytes of text, and of long runs together: 16 MiB, or a sixteenth of a small heap. A million tokens, the most that any
     * of the models reads, are some four to six million bytes.
     */
    static final int MOST_BYTES = (int) Math.min(16 << 20, Runtime.getRuntime().maxMemory() / 16);

    private static final boolean[] isBase64 = new boolean[256];

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
                .chars()
                .forEach(c -> isBase64[c] = true);
    }

    private final ByteBuf body;
    private final byte[] bytes = new byte[8_192];
    private int at;
    private int filled;
    private int run;
    private int text;
    private int data;

    /** @param body whose reader index is moved */
    LongBodyStream(ByteBuf body) {
        this.body = body;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        int read = 0;
        while (read < length && (at < filled || fill())) {
            byte next = bytes[at++];
            run = isBase64[next & 0xff] ? run + 1 : 0;
            if (isRead()) {
                into[offset + read++] = next;
            }
        }
        if (text > MOST_BYTES) {
            throw new RefusedException(
                    Kind.TOO_LARGE, "Request has more than " + MOST_BYTES + " bytes besides its pictures and files");
        }
        return read == 0 && length > 0 ? -1 : read;
    }

    private boolean isRead() {
        if (run <= SHORT_RUN_BYTES) {
            text++;
            return true;
        }
        if (run <= LONG_RUN_BYTES && data < MOST_BYTES) {
            data++;
            return true;
        }
        return false;
    }

    private boolean fill() {
        filled = Math.min(bytes.length, body.readableBytes());
        at = 0;
        body.readBytes(bytes, 0, filled);
        return filled > 0;
    }
}
