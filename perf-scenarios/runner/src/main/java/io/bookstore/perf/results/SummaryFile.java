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

    /**
     * @throws IOException if the file cannot be read, is no summary, lacks a fact that each has, or has a schema that this
     *                     version does not know
     */
    public static RunResult read(Path file) throws IOException {
        JsonNode root = json.readTree(Files.readAllBytes(file));
        int version = root.path("schemaVersion").asInt(-1);
        if (version != SCHEMA_VERSION) {
            throw new IOException(file + " has schemaVersion "
                    + root.path("schemaVersion").asText("none") + "; this version of perf reads " + SCHEMA_VERSION);
        }
        return whole(json.treeToValue(root, RunResult.class));
    }

    /** Refuses what has the version of a summary and not its content: JSON knows no fields that must be there. */
    private static RunResult whole(RunResult result) throws IOException {
        if (result.run() == null
                || result.verdict() == null
                || result.run().scenario() == null
                || result.run().script() == null
                || result.run().engine() == null
                || result.run().startedAt() == null
                || result.run().target() == null
                || result.run().target().baseUrl() == null
                || result.run().machine() == null
                || result.run().machine().os() == null
                || result.run().machine().jdk() == null
                || result.run().machine().kitVersion() == null
                || result.run().loads().stream().anyMatch(load -> load.duration() == null)
                || result.metrics().stream().anyMatch(metric -> metric.name() == null || metric.contains() == null)) {
            throw new IOException("facts of the run are missing");
        }
        return result;
    }
}
