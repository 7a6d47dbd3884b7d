package io.bookstore.console.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/** The console that already listens on a port of this machine, known by the title of its OpenAPI document. */
public final class RunningConsole {

    private static final String TITLE = "llm-perf console";
    private static final int MOST_BYTES = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private RunningConsole() {}

    /** Returns whether a console answers at an address; false for any other program, and for one that does not answer. */
    public static boolean answersAt(String address) {
        HttpRequest document = HttpRequest.newBuilder(URI.create(address + "/api/openapi.json"))
                .build();
        try {
            byte[] body = new LocalClient(MOST_BYTES, PATIENCE).send(document).body();
            return new ObjectMapper().readTree(body).at("/info/title").asText().equals(TITLE);
        } catch (IOException noConsole) {
            return false;
        }
    }
}
