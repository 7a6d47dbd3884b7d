package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An answer of the service.
 *
 * @param headers by their names in lower case
 */
record Answer(int status, Map<String, String> headers, String body) {

    /** Internals that no answer may show: packages, stack frames, addresses, exception names, API keys. */
    private static final Pattern INTERNALS =
            Pattern.compile("\\b(java|javax|jakarta|io|com|org|dev|reactor)\\.[a-z0-9]+\\.[a-zA-Z]"
                    + "|[A-Za-z]Exception\\b|\\tat |\\b\\d{1,3}(\\.\\d{1,3}){3}:\\d+|localhost:\\d+|" + World.CANARY);

    private static final String TYPE = "urn:bookstore:problem:";
    private static final ObjectMapper JSON = new ObjectMapper();

    Answer {
        headers = Map.copyOf(headers);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(body, e);
        }
    }

    /** Status and kind of problem, as the table shows them: {@code 400 invalid-request}. */
    String inShort() {
        if (status < 400) {
            return String.valueOf(status);
        }
        String type = json().path("type").asText();
        return status + " " + (type.startsWith(TYPE) ? type.substring(TYPE.length()) : type);
    }

    /** Holds the answer against everything that is true of each error of this service. */
    Answer assertProblem() {
        assertThat(status).as(this::toString).isGreaterThanOrEqualTo(400);
        assertThat(header("content-type")).as(this::toString).hasValue("application/problem+json");
        JsonNode problem = json();
        assertThat(problem.path("status").asInt()).as(this::toString).isEqualTo(status);
        assertThat(problem.path("type").asText()).as(this::toString).matches(TYPE + "[a-z-]+|about:blank");
        assertThat(problem.path("title").asText()).as(this::toString).isNotBlank();
        assertThat(problem.path("instance").asText()).as(this::toString).startsWith("/");
        return assertNoInternals();
    }

    Answer assertNoInternals() {
        assertThat(INTERNALS.matcher(body).find()).as(this::toString).isFalse();
        return this;
    }

    Answer assertStatus(int expected) {
        assertThat(status).as(this::toString).isEqualTo(expected);
        return expected < 400 ? this : assertProblem();
    }
}
