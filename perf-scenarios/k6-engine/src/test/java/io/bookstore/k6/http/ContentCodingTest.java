package io.bookstore.k6.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.k6.script.UnsupportedCall;
import java.io.EOFException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import okio.Pipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of a compressed answer. */
class ContentCodingTest {

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "GZIP", "identity, gzip"})
    void eventIsReadAsSoonAsItsBytesAreThere(String coding) throws Exception {
        Pipe wire = new Pipe(1 << 16);
        OutputStream sent = packing(coding, Okio.buffer(wire.sink()).outputStream());
        EventReader events = new EventStreamReader(ContentCoding.decoding(Okio.buffer(wire.source()), coding));

        sent.write("data: first\n\n".getBytes(UTF_8));
        sent.flush();
        assertThat(Objects.requireNonNull(events.next()).data).isEqualTo("first");

        sent.write("data: second\n\n".getBytes(UTF_8));
        sent.close();
        assertThat(Objects.requireNonNull(events.next()).data).isEqualTo("second");
        assertThat(events.next()).isNull();
    }

    @Test
    void streamThatEndsInsideItsCompressionWasCutOff() throws Exception {
        Buffer whole = new Buffer();
        try (OutputStream sent = packing("gzip", whole.outputStream())) {
            sent.write("data: first\n\n".getBytes(UTF_8));
        }
        Buffer cut = new Buffer();
        cut.write(whole, whole.size() - 4);
        BufferedSource content = ContentCoding.decoding(cut, "gzip");

        assertThatThrownBy(content::readUtf8).isInstanceOf(EOFException.class);
    }

    @Test
    void codingThatTheJvmDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> ContentCoding.decoding(new Buffer(), "br"))
                .isInstanceOf(UnsupportedCall.class)
                .hasMessage("compression 'br'");
    }

    private static OutputStream packing(String coding, OutputStream wire) throws Exception {
        return coding.equals("deflate") ? new DeflaterOutputStream(wire, true) : new GZIPOutputStream(wire, true);
    }
}
