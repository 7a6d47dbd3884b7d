package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The description of the API says what the console does. */
class OpenApiTest {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");

    @RegisterExtension
    static final TestConsole console = new TestConsole();

    @Test
    void everyOperationAnswersWithADocumentedStatusAndEveryOtherMethodIsRefused() throws Exception {
        Iterator<Map.Entry<String, JsonNode>> paths =
                console.json("/api/openapi.json").path("paths").fields();

        while (paths.hasNext()) {
            Map.Entry<String, JsonNode> path = paths.next();
            for (String method : METHODS) {
                JsonNode operation = path.getValue().path(method.toLowerCase(Locale.ROOT));
                Answered answer = ask(method, path.getKey().replace("{id}", "none"));
                if (operation.isMissingNode()) {
                    assertThat(answer.status()).as(method + " " + path.getKey()).isEqualTo(405);
                } else {
                    assertThat(operation.path("responses").has("" + answer.status()))
                            .as(method + " " + path.getKey() + " answers " + answer.status())
                            .isTrue();
                    assertThat(answer.body()).doesNotContain("The API has no ", "The console has no page ");
                }
            }
        }
    }

    @Test
    void everyAddressThatThePageAsksForIsDocumented() throws Exception {
        Set<String> documented = new TreeSet<>();
        console.json("/api/openapi.json").path("paths").fieldNames().forEachRemaining(documented::add);

        for (String file : List.of(
                "call-filter.js",
                "calls.js",
                "conversations.js",
                "trace.js",
                "runs.js",
                "session.js",
                "gate.js",
                "search.js",
                "run.js",
                "compare.js",
                "provider.js",
                "service.js",
                "api.js")) {
            Set<String> asked = Pattern.compile("['`](api/[a-z/]+)")
                    .matcher(source(file))
                    .results()
                    .map(found -> "/" + found.group(1).replaceAll("/$", "/{id}"))
                    .collect(Collectors.toSet());
            assertThat(documented).as(file).containsAll(asked);
        }
    }

    private static String source(String file) throws Exception {
        try (InputStream script = OpenApiTest.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private record Answered(int status, String body) {}

    /** Reads no further than the status of a stream of events. */
    private static Answered ask(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(console.address() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<InputStream> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            boolean events =
                    answer.headers().firstValue("Content-Type").orElse("").equals("text/event-stream");
            return new Answered(
                    answer.statusCode(), events ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
