package io.bookstore.perf.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code answer.json}, which a script may leave in the folder of its run; {@code docs/answers.md} has the schema. */
public final class AnswerFile {

    public static final String NAME = "answer.json";

    static final int SCHEMA_VERSION = 1;
    private static final long MOST_BYTES = 1_000_000;

    private static final ObjectMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private AnswerFile() {}

    /**
     * Reads the answer in that folder; empty if there is none.
     *
     * @throws IOException if it is not as the schema says; the message names the key and the rule
     */
    public static Optional<Answer> read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("it has more than " + MOST_BYTES + " bytes");
        }
        try {
            return Optional.of(answer(json.readTree(Files.readAllBytes(file))));
        } catch (JsonMappingException e) {
            throw new IOException(sentence(e), e);
        } catch (JsonProcessingException e) {
            throw new IOException("it is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Answer answer(@Nullable JsonNode root) throws IOException {
        if (!(root instanceof ObjectNode object)) {
            throw new IOException("it must be an object");
        }
        JsonNode version = object.remove("schemaVersion");
        if (version == null || version.asInt(-1) != SCHEMA_VERSION) {
            throw new IOException("schemaVersion must be " + SCHEMA_VERSION + ", was " + version);
        }
        if (object.has("note")) {
            throw new IOException("note is not for a script to write");
        }
        return json.treeToValue(object, Answer.class);
    }

    private static String sentence(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        List<JsonMappingException.Reference> references = e.getPath();
        for (JsonMappingException.Reference reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.length() == 0 ? "" : ".").append(reference.getFieldName());
            }
        }
        String rule = e.getCause() instanceof IllegalArgumentException broken
                ? String.valueOf(broken.getMessage())
                : e.getOriginalMessage().lines().findFirst().orElse("it is not as the schema says");
        return path.length() == 0 ? rule : path + ": " + rule;
    }
}
