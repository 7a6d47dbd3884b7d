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

        assertThat(read).startsWith(before).endsWith(after).hasSize(before.length() + (256 << 10) + after.length());
    }

    @Test
    void textIsReadToItsEnd() throws Exception {
        String text = "A sentence of some words.\n".repeat(80_000);

        assertThat(read(text)).isEqualTo(text);
    }

    @Test
    void everyPictureHasABeginningHoweverManyThereAre() throws Exception {
        String pictures = ("\"" + "A".repeat(500_000) + "\",").repeat(100);

        String read = read(pictures);

        assertThat(read.split(",", -1)).hasSize(101);
        assertThat(read.split(",", -1)[0]).hasSize((256 << 10) + 2);
        assertThat(read.split(",", -1)[99]).hasSize((4 << 10) + 2);
        assertThat(read.length()).isLessThan(17 << 20);
    }

    private static String read(String text) throws IOException {
        try (LongBodyStream stream = new LongBodyStream(Unpooled.wrappedBuffer(text.getBytes(UTF_8)))) {
            return new String(stream.readAllBytes(), UTF_8);
        }
    }
}
