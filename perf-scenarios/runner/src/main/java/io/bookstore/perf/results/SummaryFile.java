package io.bookstore.perf.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code summary.json}: a {@link RunResult} with a schema version. Times are ISO 8601, durations seconds, latencies
 * milliseconds; what is unknown is absent.
 */
public final class SummaryFile {

    public static final String NAME = "summary.json";

    /** Rises when a reader of the file would have to change. */
    static final int SCHEMA_VERSION = 1;

    private static final ObjectMapper json = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private SummaryFile() {}

    public static void write(RunResult result, Path file) throws IOException {
        ObjectNode root = json.createObjectNode().put("schemaVersion", SCHEMA_VERSION);
        root.setAll((ObjectNode) json.valueToTree(result));
        result.llm().ifPresent(llm -> root.set("llm", json.valueToTree(llm)));
        WholeFile.write(file, beside -> json.writeValue(beside.toFile(), root));
    }

    /** @throws IOException if the file cannot be read, is no summary, or has a schema this version does not know */
    public static RunResult read(Path file) throws IOException {
        JsonNode root = json.readTree(Files.readAllBytes(file));
        int version = root.path("schemaVersion").asInt(-1);
        if (version != SCHEMA_VERSION) {
            throw new IOException(file + " has schemaVersion "
                    + root.path("schemaVersion").asText("none") + "; this version of perf reads " + SCHEMA_VERSION);
        }
        return json.treeToValue(root, RunResult.class);
    }
}
