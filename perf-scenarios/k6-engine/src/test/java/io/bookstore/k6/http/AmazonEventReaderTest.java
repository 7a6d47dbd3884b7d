package io.bookstore.k6.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;
import java.util.zip.CRC32;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of AWS's event stream, byte by byte. */
class AmazonEventReaderTest {

    private static final String TEXT = "{\"delta\":{\"text\":\"Été\"}}";

    @Test
    void eventHasItsTypeAsNameAndThePayloadAsData() throws Exception {
        Buffer stream = message(headers(":event-type", "contentBlockDelta"), TEXT);
        stream.writeAll(message(headers(":event-type", "messageStop"), "{}"));
        EventReader reader = reader(stream);

        StreamEvent first = Objects.requireNonNull(reader.next());
        StreamEvent second = Objects.requireNonNull(reader.next());

        assertThat(first.name).isEqualTo("contentBlockDelta");
        assertThat(first.data).isEqualTo(TEXT);
        assertThat(first.problem).isEmpty();
        assertThat(second.name).isEqualTo("messageStop");
        assertThat(reader.next()).isNull();
    }

    /** The example of the specification's test suite: one header of each type, and no payload. */
    @Test
    void headersOfEveryTypeArePassedOver() throws Exception {
        Buffer headers = new Buffer();
        named(headers, "true", 0);
        named(headers, "false", 1);
        named(headers, "byte", 2).writeByte(1);
        named(headers, "short", 3).writeShort(1);
        named(headers, "int", 4).writeInt(1);
        named(headers, "long", 5).writeLong(1);
        named(headers, "bytes", 6).writeShort(3).writeUtf8("abc");
        named(headers, "timestamp", 8).writeLong(1);
        named(headers, "uuid", 9).writeLong(1).writeLong(2);
        headers.writeAll(headers(":event-type", "chunk"));

        StreamEvent event = Objects.requireNonNull(reader(message(headers, "")).next());

        assertThat(event.name).isEqualTo("chunk");
        assertThat(event.data).isEmpty();
    }

    @Test
    void exceptionIsAnErrorOfItsKind() throws Exception {
        Buffer headers = headers(":exception-type", "throttlingException");
        headers.writeAll(headers(":message-type", "exception"));

        StreamEvent event = Objects.requireNonNull(
                reader(message(headers, "{\"message\":\"Too many requests\"}")).next());

        assertThat(event.name).isEqualTo("error");
        assertThat(event.data).isEqualTo("throttlingException: {\"message\":\"Too many requests\"}");
    }

    @Test
    void errorThatNoModelDescribesHasItsCode() throws Exception {
        Buffer headers = headers(":message-type", "error");
        headers.writeAll(headers(":error-code", "InternalFailure"));
        headers.writeAll(headers(":error-message", "The service has failed"));

        StreamEvent event = Objects.requireNonNull(reader(message(headers, "")).next());

        assertThat(event.name).isEqualTo("error");
        assertThat(event.data).isEqualTo("InternalFailure: The service has failed");
    }

    @Test
    void preludeOfAnotherChecksumIsRefused() {
        Buffer stream = changed(message(headers(":event-type", "chunk"), TEXT), 8);

        assertThatThrownBy(() -> reader(stream).next())
                .isInstanceOf(IOException.class)
                .hasMessageMatching(
                        "message 1 of the event stream has the prelude CRC [0-9a-f]{8}, its bytes have [0-9a-f]{8}");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 40, 60})
    void anyOtherByteThatChangedIsRefused(int index) throws Exception {
        Buffer stream = message(headers(":event-type", "chunk"), TEXT);
        stream.writeAll(changed(message(headers(":event-type", "chunk"), TEXT), index));
        EventReader reader = reader(stream);

        assertThat(reader.next()).isNotNull();
        assertThatThrownBy(reader::next).hasMessageStartingWith("message 2 of the event stream has the message CRC ");
    }

    @Test
    void streamThatEndsInsideAMessageWasCutOff() throws Exception {
        Buffer whole = message(headers(":event-type", "chunk"), TEXT);
        Buffer cut = new Buffer();
        cut.write(whole, whole.size() - 1);

        assertThatThrownBy(() -> reader(cut).next())
                .isInstanceOf(EOFException.class)
                .hasMessage("unexpected end of stream in message 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 1 << 30, -1, Integer.MIN_VALUE})
    void lengthsThatCannotBeAreRefusedBeforeTheyAreRead(int total) {
        Buffer prelude = new Buffer().writeInt(total).writeInt(0);
        Buffer stream = new Buffer()
                .write(prelude.snapshot())
                .writeInt(crc(prelude.snapshot().toByteArray()));

        assertThatThrownBy(() -> reader(stream).next())
                .hasMessage("message 1 of the event stream says it has " + total + " bytes, 0 of them headers");
    }

    @Test
    void otherMediaTypesAreServerSentEvents() throws Exception {
        EventReader reader = EventReader.of("text/event-stream", new Buffer().writeUtf8("event: a\ndata: b\n\n"));

        assertThat(Objects.requireNonNull(reader.next()).data).isEqualTo("b");
    }

    private static EventReader reader(Buffer stream) {
        return EventReader.of("application/vnd.amazon.eventstream", stream);
    }

    private static Buffer headers(String name, String value) {
        Buffer headers = new Buffer();
        return named(headers, name, 7).writeShort(value.getBytes(UTF_8).length).writeUtf8(value);
    }

    private static Buffer named(Buffer headers, String name, int type) {
        return headers.writeByte(name.length()).writeUtf8(name).writeByte(type);
    }

    private static Buffer message(Buffer headers, String payload) {
        byte[] body = payload.getBytes(UTF_8);
        Buffer message = new Buffer();
        message.writeInt((int) (16 + headers.size() + body.length)).writeInt((int) headers.size());
        message.writeInt(crc(message.snapshot().toByteArray()));
        message.write(headers.snapshot()).write(body);
        return message.writeInt(crc(message.snapshot().toByteArray()));
    }

    private static Buffer changed(Buffer message, int index) {
        byte[] bytes = message.readByteArray();
        bytes[index] ^= 1;
        return new Buffer().write(bytes);
    }

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
