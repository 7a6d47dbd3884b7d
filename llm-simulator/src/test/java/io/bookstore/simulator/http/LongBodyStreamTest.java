package io.bookstore.simulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A long body is read without the bulk of its pictures, and every other byte of it. */
class LongBodyStreamTest {

    @Test
    void beginningOfAPictureIsReadAndEverythingAroundIt() throws Exception {
        String before = "{\"text\":\"Was ist das für ein Bild?\",\"data\":\"";
        String after = "\",\"more\":[1,2,3]}";

        String read = read(before + "iVBORw0KGgo/+=".repeat(200_000) + after);

        assertThat(read).startsWith(before).endsWith(after).hasSize(before.length() + (1 << 20) + after.length());
    }

    @Test
    void textIsReadToItsEnd() throws Exception {
        String text = "A sentence of some words.\n".repeat(80_000);

        assertThat(read(text)).isEqualTo(text);
    }

    @Test
    void everyPictureHasABeginning() throws Exception {
        String pictures = ("\"" + "A".repeat(2 << 20) + "\",").repeat(3);

        assertThat(read(pictures)).hasSize(3 * ((1 << 20) + 3));
    }

    private static String read(String text) throws IOException {
        try (LongBodyStream stream = new LongBodyStream(Unpooled.wrappedBuffer(text.getBytes(UTF_8)))) {
            return new String(stream.readAllBytes(), UTF_8);
        }
    }
}
