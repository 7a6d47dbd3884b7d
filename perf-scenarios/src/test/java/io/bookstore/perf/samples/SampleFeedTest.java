package io.bookstore.perf.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.testing.RecordingListener;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SampleFeedTest {

    @Test
    void linesMayArriveInPiecesOfAnySize() {
        // given
        RecordingListener listener = new RecordingListener();
        SampleFeed feed = new SampleFeed(listener);
        String line = """
                {"metric":"vus","type":"Point","data":{"time":"2026-11-23T10:00:00Z","value":5,"tags":{"name":"Bücher ✓"}}}
                """;
        byte[] bytes = (line + line + line.stripTrailing()).getBytes(StandardCharsets.UTF_8);

        // when
        for (byte single : bytes) {
            feed.bytes(new byte[] {single}, 1);
        }

        // then: the last line is not complete
        assertThat(listener.samples)
                .hasSize(2)
                .allSatisfy(sample -> assertThat(sample.tags()).containsEntry("name", "Bücher ✓"));
    }
}
