package io.bookstore.simulator.bedrock;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Messages of AWS's event stream, as strings of bytes in ISO-8859-1.
 *
 * <p>Total length, length of the headers, CRC of those two; headers; payload; CRC of all before:
 * https://smithy.io/2.0/aws/amazon-eventstream.html.
 */
final class EventStream {

    private static final int PRELUDE_BYTES = 8;
    private static final int CRC_BYTES = 4;
    private static final byte STRING = 7;

    private EventStream() {}

    static String event(String type, String json) {
        return message(json, ":event-type", type, "event");
    }

    static String exception(String type, String json) {
        return message(json, ":exception-type", type, "exception");
    }

    private static String message(String json, String typeHeader, String type, String messageType) {
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        String headers = header(typeHeader, type)
                + header(":content-type", "application/json")
                + header(":message-type", messageType);
        int total = PRELUDE_BYTES + CRC_BYTES + headers.length() + payload.length + CRC_BYTES;
        ByteBuffer message = ByteBuffer.allocate(total);
        message.putInt(total).putInt(headers.length());
        message.putInt(crc(message));
        message.put(headers.getBytes(StandardCharsets.ISO_8859_1)).put(payload);
        message.putInt(crc(message));
        return new String(message.array(), StandardCharsets.ISO_8859_1);
    }

    /** Names and values here are ASCII and short: the high byte of a value's length is always 0. */
    private static String header(String name, String value) {
        return (char) name.length() + name + (char) STRING + '\0' + (char) value.length() + value;
    }

    private static int crc(ByteBuffer written) {
        CRC32 crc = new CRC32();
        crc.update(written.array(), 0, written.position());
        return (int) crc.getValue();
    }
}
