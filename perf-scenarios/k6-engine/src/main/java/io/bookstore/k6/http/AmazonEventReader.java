package io.bookstore.k6.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the binary messages of AWS's event stream: total length, length of the headers, CRC of those two; headers; payload; CRC of
 * all before (https://smithy.io/2.0/aws/amazon-eventstream.html). An event has its type as name and the payload as data; an
 * exception is the event {@code error} with its type before the payload.
 */
final class AmazonEventReader implements EventReader {

    static final String MEDIA_TYPE = "application/vnd.amazon.eventstream";

    private static final int CRC_BYTES = 4;
    private static final int PRELUDE_BYTES = 8 + CRC_BYTES;

    /** The same as of a line of server-sent events, and more than AWS sends. */
    private static final int LONGEST_MESSAGE = 16 << 20;

    private final BufferedSource source;
    private long messages;

    AmazonEventReader(BufferedSource source) {
        this.source = source;
    }

    @Override
    public @Nullable StreamEvent next() throws IOException {
        if (source.exhausted()) {
            return null;
        }
        messages++;
        byte[] prelude = read(PRELUDE_BYTES);
        Buffer lengths = new Buffer().write(prelude);
        int total = lengths.readInt();
        int headerBytes = lengths.readInt();
        check("prelude", prelude, PRELUDE_BYTES - CRC_BYTES, new byte[0]);
        int payloadBytes = total - PRELUDE_BYTES - headerBytes - CRC_BYTES;
        if (total < 0 || total > LONGEST_MESSAGE || headerBytes < 0 || payloadBytes < 0) {
            throw broken("says it has %d bytes, %d of them headers".formatted(total, headerBytes));
        }
        byte[] rest = read(total - PRELUDE_BYTES);
        check("message", rest, rest.length - CRC_BYTES, prelude);
        Buffer content = new Buffer().write(rest);
        Map<String, String> headers = headers(content, headerBytes);
        return event(headers, content.readUtf8(payloadBytes));
    }

    private byte[] read(int count) throws IOException {
        try {
            return source.readByteArray(count);
        } catch (EOFException e) {
            EOFException cut = new EOFException("unexpected end of stream in message " + messages);
            cut.initCause(e);
            throw cut;
        }
    }

    /** Compares the CRC at the end of some bytes with that of the bytes before. */
    private void check(String part, byte[] bytes, int checked, byte[] before) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(before);
        crc.update(bytes, 0, checked);
        int stated = new Buffer().write(bytes, checked, CRC_BYTES).readInt();
        if ((int) crc.getValue() != stated) {
            throw broken("has the %s CRC %08x, its bytes have %08x".formatted(part, stated, (int) crc.getValue()));
        }
    }

    private IOException broken(String reason) {
        return new IOException("message %d of the event stream %s".formatted(messages, reason));
    }

    private Map<String, String> headers(Buffer content, int bytes) throws IOException {
        Map<String, String> headers = new HashMap<>();
        Buffer source = new Buffer();
        source.write(content, bytes);
        try {
            while (!source.exhausted()) {
                String name = source.readUtf8(source.readByte() & 0xff);
                headers.put(name, value(source));
            }
        } catch (EOFException e) {
            throw new IOException(broken("has headers that are cut off").getMessage(), e);
        }
        return headers;
    }

    /** The value of a header; empty unless it is a text, for no other decides on anything. */
    private String value(Buffer source) throws IOException {
        byte type = source.readByte();
        switch (type) {
            case 0, 1 -> {}
            case 2 -> source.skip(1);
            case 3 -> source.skip(2);
            case 4 -> source.skip(4);
            case 5, 8 -> source.skip(8);
            case 6 -> source.skip(source.readShort() & 0xffff);
            case 7 -> {
                return source.readString(source.readShort() & 0xffff, StandardCharsets.UTF_8);
            }
            case 9 -> source.skip(16);
            default -> throw broken("has a header of the unknown type " + type);
        }
        return "";
    }

    private static StreamEvent event(Map<String, String> headers, String payload) {
        String exception = headers.get(":exception-type");
        if (exception != null) {
            return new StreamEvent("", "", "error", exception + ": " + payload);
        }
        if ("error".equals(headers.get(":message-type"))) {
            String message = headers.getOrDefault(":error-message", payload);
            return new StreamEvent("", "", "error", headers.getOrDefault(":error-code", "error") + ": " + message);
        }
        return new StreamEvent("", "", headers.getOrDefault(":event-type", ""), payload);
    }
}
