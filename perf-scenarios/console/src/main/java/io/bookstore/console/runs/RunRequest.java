package io.bookstore.console.runs;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.results.facts.Secrets;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run, a search for the capacity, or a gate, that somebody asks for.
 *
 * @param scenario  the name of a scenario
 * @param baseUrl   the service to load; null for the one that {@code llm-perf run} takes without {@code --base-url}
 * @param variables variables for the script
 * @param maxUsd    ends the run when its answers have cost more; null for no limit
 * @param capacity  the options of a search; null for another
 * @param gate      the options of a gate; null for another
 */
public record RunRequest(
        String scenario,
        @Nullable String baseUrl,
        Map<String, String> variables,
        @Nullable Double maxUsd,
        @Nullable CapacityRequest capacity,
        @Nullable GateRequest gate) {

    private static final ObjectMapper json = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    public RunRequest {
        variables = new TreeMap<>(variables);
    }

    /** The members as they come: any of them may be absent. */
    private record Body(
            @JsonProperty @Nullable String scenario,
            @JsonProperty @Nullable String baseUrl,
            @JsonProperty @Nullable Map<String, String> variables,
            @JsonProperty @Nullable Double maxUsd,
            @JsonProperty @Nullable CapacityRequest capacity,
            @JsonProperty @Nullable GateRequest gate) {}

    /** @throws IllegalArgumentException in a sentence, for a body that is none */
    public static RunRequest read(byte[] body) {
        Body read = body(body);
        if (read.scenario == null) {
            throw new IllegalArgumentException("The request names no scenario: send {\"scenario\": \"ai-smoke\"}.");
        }
        Map<String, String> variables = new TreeMap<>();
        if (read.variables != null) {
            read.variables.forEach((name, value) -> variables.put(name, Objects.requireNonNullElse(value, "")));
        }
        // A form sends an empty text for what was left out.
        variables.values().removeIf(String::isEmpty);
        return new RunRequest(read.scenario, given(read.baseUrl), variables, read.maxUsd, read.capacity, read.gate);
    }

    private static Body body(byte[] body) {
        JsonNode read;
        try {
            read = json.readTree(body);
        } catch (JacksonException e) {
            throw BodyProblem.ofText(e);
        } catch (IOException e) {
            throw new IllegalArgumentException("The body cannot be read: " + e.getMessage() + ".");
        }
        try {
            return json.treeToValue(read.isMissingNode() || read.isNull() ? json.createObjectNode() : read, Body.class);
        } catch (JsonMappingException e) {
            throw new BodyProblem(Body.class).of(e, read);
        } catch (JacksonException e) {
            throw BodyProblem.ofText(e);
        }
    }

    /** The options of a command that makes several runs; null for a run. */
    @Nullable
    SessionRequest session() {
        return capacity == null ? gate : capacity;
    }

    /** The name of the file that the command leaves when it has a result. */
    String resultFile() {
        SessionRequest session = session();
        return session == null ? SummaryFile.NAME : session.resultFile();
    }

    /** A text without the space around it; null for an empty one, which a form sends for what was left out. */
    static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    static @Nullable String masked(@Nullable String address) {
        return address == null ? null : Secrets.masked(Map.of("", address)).get("");
    }

    /** The same with {@code ***} in place of secrets, for a file and for pages. */
    RunRequest masked() {
        return new RunRequest(
                scenario,
                masked(baseUrl),
                Secrets.masked(variables),
                maxUsd,
                capacity,
                gate == null ? null : gate.masked());
    }
}
