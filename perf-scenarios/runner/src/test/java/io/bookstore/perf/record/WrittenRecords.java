package io.bookstore.perf.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.metrics.SampleFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The records of a run as its folder has them. */
final class WrittenRecords {

    private WrittenRecords() {}

    static List<String> lines(Path folder) throws IOException {
        try (var lines = SampleFile.lines(folder.resolve(RequestRecords.NAME))) {
            return lines.lines().toList();
        }
    }

    static JsonNode onlyLine(Path folder) throws IOException {
        List<String> lines = lines(folder);
        assertThat(lines).hasSize(1);
        return new ObjectMapper().readTree(lines.get(0));
    }
}
