package io.bookstore.simulator.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.journal.Attempt.Buckets;
import io.bookstore.simulator.journal.Attempt.Outcome;
import io.bookstore.simulator.journal.Attempt.Tokens;
import io.bookstore.simulator.journal.ChunkTimes;
import io.bookstore.simulator.journal.JournalJson;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.wire.Operation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The OpenAPI document of the admin part against the running server: routes, statuses, types and every field. */
class AdminOpenApiTest {

    private static final ObjectMapper json = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void documentIsValid() throws Exception {
        SwaggerParseResult parsed =
                new OpenAPIV3Parser().readContents(document().toString());

        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getPaths()).isNotEmpty();
    }

    @Test
    void everyRouteThatIsDescribedIsOnThePageAndNoOther() throws Exception {
        Set<String> onThePage = new TreeSet<>();
        Pattern.compile("`((?:GET|PUT|POST|DELETE) /(?:health|metrics|admin/[a-z./]+))`")
                .matcher(Files.readString(Path.of("docs/admin.md")))
                .results()
                .forEach(route -> onThePage.add(route.group(1)));

        assertThat(routes(document())).isEqualTo(onThePage);
    }

    @Test
    void everyRouteAnswersAsItIsDescribed() throws Exception {
        JsonNode document = document();

        for (String route : routes(document)) {
            liveThroughMuch();
            String[] called = route.split(" ");
            JsonNode operation = document.at("/paths").path(called[1]).path(called[0].toLowerCase(Locale.ROOT));
            String body = operation
                    .at("/requestBody/content/application~1json/example")
                    .toString();
            assertDescribed(document, operation, route, http.exchange(called[0], called[1], body));
            if (operation.path("responses").has("400")) {
                assertDescribed(document, operation, route, http.exchange(called[0], called[1], "nonsense"));
            }
        }
    }

    @Test
    void routeThatIsNotDescribedIsNotThere() throws Exception {
        for (String called : new String[] {"GET /admin/nowhere", "POST /admin/config", "PUT /admin/journal"}) {
            String answer = http.exchange(called.split(" ")[0], called.split(" ")[1], "{}");

            assertThat(answer).startsWith("HTTP/1.1 404 ").contains("application/problem+json");
            assertFits(document(), document().at("/components/schemas/Problem"), body(answer), called, new TreeSet<>());
        }
    }

    @Test
    void everyFieldThatIsDescribedIsReallySent() throws Exception {
        JsonNode document = document();
        liveThroughMuch();
        http.exchange("PUT", "/admin/config", "{\"profile\":{\"name\":\"mine\"},\"faults\":[{\"fault\":\"500\"}]}");
        ChunkTimes.Recorder chunks = new ChunkTimes.Recorder();
        chunks.add(1_000_000, 2_000_000);
        Attempt whole = new Attempt(
                1,
                new Attempt.Key("r", 1, "1f2e"),
                Instant.EPOCH,
                new Attempt.Asked("openai", Operation.CHAT, "m", true, "batch_1", 1L),
                new Attempt.Result(
                        200, Outcome.CUT, new Tokens(1, 2, 3, 4), "stall:1", 5.0, new Buckets(1L, 2L, 3L), "weather"),
                new Attempt.Timing(1.0, 2.0),
                new Attempt.Timing(1.0, 2.0),
                new Attempt.Waiting(1, 2, 3),
                chunks.times());

        assertAllSent(document, "Health", body(http.get("/health")));
        assertAllSent(document, "Config", body(http.get("/admin/config")));
        assertAllSent(document, "Profile", body(http.get("/admin/profiles")).get(0));
        assertAllSent(document, "JournalSummary", body(http.get("/admin/journal/summary")));
        assertAllSent(document, "Verdicts", body(http.get("/admin/verdicts")));
        assertAllSent(document, "Attempt", json.readTree(JournalJson.line(whole)));
        assertAllSent(document, "Problem", body(http.get("/admin/nowhere")));
    }

    @Test
    void configurationMayBeWrittenAsItIsRead() throws Exception {
        JsonNode document = document();

        JsonNode read = body(http.get("/admin/config"));

        assertFits(document, document.at("/components/schemas/ConfigChange"), read, "PUT", new TreeSet<>());
        Set<String> numbers = new TreeSet<>();
        leaves("", document.at("/components/schemas/Profile"), numbers);
        numbers.removeIf(key -> key.equals("name") || key.startsWith("sources"));
        assertThat(numbers).isEqualTo(new TreeSet<>(Profile.numberKeys()));
    }

    /** A good answer, a refusal that is repeated, and one that says when to come back. */
    private void liveThroughMuch() throws IOException {
        String asked = "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}]}";
        http.post("/v1/chat/completions", asked);
        http.post("/v1/chat/completions", asked, "x-simulator-fault: 429:5");
        for (int i = 0; i < 2; i++) {
            http.post("/v1/chat/completions", "{}", "x-request-id: r-2");
        }
    }

    private void assertDescribed(JsonNode document, JsonNode operation, String route, String answer)
            throws IOException {
        String status = answer.substring(9, 12);
        JsonNode response = operation.path("responses").path(status);
        assertThat(response.isMissingNode()).as("%s answers %s", route, status).isFalse();
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            assertThat(RawHttp.body(answer)).as(route).isEmpty();
            return;
        }
        String type = content.fieldNames().next();
        assertThat(answer).as(route).containsIgnoringCase("content-type: " + type + "\r\n");
        if (type.startsWith("text/")) {
            return;
        }
        JsonNode schema = content.path(type).path("schema");
        for (String each :
                type.endsWith("ndjson") ? RawHttp.body(answer).split("\n") : new String[] {RawHttp.body(answer)}) {
            assertFits(document, schema, json.readTree(each), route, new TreeSet<>());
        }
    }

    private static void assertAllSent(JsonNode document, String name, JsonNode value) {
        JsonNode schema = document.at("/components/schemas").path(name);
        Set<String> described = new TreeSet<>();
        leaves("", resolved(document, schema), described);
        Set<String> sent = new TreeSet<>();
        assertFits(document, schema, value, name, sent);
        described.removeIf(key -> !key.contains("."));
        described.forEach(key -> assertThat(sent).as(name).contains(key));
        resolved(document, schema)
                .path("properties")
                .fieldNames()
                .forEachRemaining(key ->
                        assertThat(value.has(key)).as("%s sends %s", name, key).isTrue());
    }

    /** The value has no field that the schema lacks, all that it requires, and the types that it says. */
    private static void assertFits(JsonNode document, JsonNode raw, JsonNode value, String where, Set<String> sent) {
        fits(document, resolved(document, raw), value, where, "", sent);
    }

    private static void fits(
            JsonNode document, JsonNode schema, JsonNode value, String where, String path, Set<String> sent) {
        sent.add(path);
        if (schema.has("oneOf")) {
            String wanted = value.isTextual() ? "string" : "object";
            for (JsonNode each : schema.get("oneOf")) {
                JsonNode choice = resolved(document, each);
                if (choice.path("type").asText().equals(wanted)) {
                    fits(document, choice, value, where, path, sent);
                    return;
                }
            }
        }
        String type = schema.path("type").asText();
        boolean right = (value.isNull() && schema.path("nullable").asBoolean())
                || switch (type) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isTextual();
                    case "boolean" -> value.isBoolean();
                    case "integer" -> value.isIntegralNumber();
                    case "number" -> value.isNumber();
                    default -> false;
                };
        assertThat(right)
                .as("%s: %s must be %s, was %s", where, path, type, value)
                .isTrue();
        if (schema.has("enum")) {
            assertThat(schema.get("enum")).as("%s: %s", where, path).contains(value);
        }
        value.elements().forEachRemaining(item -> {
            if (value.isArray()) {
                fits(document, resolved(document, schema.get("items")), item, where, path, sent);
            }
        });
        schema.path("required")
                .forEach(key -> assertThat(value.has(key.asText()))
                        .as("%s: %s.%s", where, path, key.asText())
                        .isTrue());
        if (value instanceof ObjectNode object && schema.has("properties")) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                JsonNode known = schema.get("properties").get(field.getKey());
                assertThat(known)
                        .as("%s: %s.%s is not described", where, path, field.getKey())
                        .isNotNull();
                String inner = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                fits(document, resolved(document, known), field.getValue(), where, inner, sent);
            }
        }
    }

    /** The paths of all fields that a schema names, those of arrays as those of their items. */
    private static void leaves(String path, JsonNode schema, Set<String> into) {
        if (schema.path("type").asText().equals("array")) {
            leaves(path, schema.get("items"), into);
        } else if (schema.has("properties")) {
            for (Map.Entry<String, JsonNode> field : schema.get("properties").properties()) {
                leaves(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), into);
            }
        } else {
            into.add(path);
        }
    }

    private static JsonNode resolved(JsonNode document, JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    private static Set<String> routes(JsonNode document) {
        Set<String> routes = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .forEach(method -> routes.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return routes;
    }

    private JsonNode document() throws IOException {
        return body(http.get("/admin/openapi.json"));
    }

    private static JsonNode body(String answer) throws IOException {
        return json.readTree(RawHttp.body(answer));
    }
}
