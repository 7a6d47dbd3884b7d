package io.bookstore.perf.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleFeedTest {

    @Test
    void linesMayArriveInPiecesOfAnySize() {
        // given
        List<Sample> samples = new ArrayList<>();
        SampleFeed feed = new SampleFeed(new SampleSink() {
            @Override
            public void metric(Metric metric) {}

            @Override
            public void sample(Sample sample) {
                samples.add(sample);
            }
        });
        String line = """
                {"metric":"vus","type":"Point","data":{"time":"2026-11-23T10:00:00Z","value":5,"tags":{"name":"Bücher ✓"}}}
                """;
        byte[] bytes = (line + line + line.stripTrailing()).getBytes(StandardCharsets.UTF_8);

        // when
        for (byte single : bytes) {
            feed.bytes(new byte[] {single}, 1);
        }

        // then: the last line is not complete
        assertThat(samples)
                .hasSize(2)
                .allSatisfy(sample -> assertThat(sample.tags()).containsEntry("name", "Bücher ✓"));
    }
}
