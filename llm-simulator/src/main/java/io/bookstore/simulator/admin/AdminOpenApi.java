package io.bookstore.simulator.admin;

import static io.bookstore.simulator.admin.Schema.anyObject;
import static io.bookstore.simulator.admin.Schema.list;
import static io.bookstore.simulator.admin.Schema.named;
import static io.bookstore.simulator.admin.Schema.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.simulation.ServerMetrics;
import java.util.Locale;

/** The OpenAPI 3.0 document of the admin routes, made from their list. */
final class AdminOpenApi {

    private static final ObjectMapper json = new ObjectMapper();
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    private AdminOpenApi() {}

    static String write() {
        ObjectNode root = json.createObjectNode().put("openapi", "3.0.3");
        root.putObject("info")
                .put("title", "llm-simulator, admin part")
                .put("version", "0.1.0")
                .put(
                        "description",
                        "Reads and changes a running simulator, and shows its journal. The routes of the providers"
                                + " are described by the providers.");
        ObjectNode paths = root.putObject("paths");
        for (AdminRoute route : AdminRoute.values()) {
            ObjectNode operation = paths.withObjectProperty(route.path())
                    .putObject(route.method().toLowerCase(Locale.ROOT));
            operation.put("operationId", operationId(route)).put("summary", route.summary());
            addRequest(operation, route);
            operation.set("responses", responses(route));
        }
        root.putObject("components").set("schemas", AdminSchemas.all());
        return root.toString();
    }

    /** The name of the route in camel case. */
    private static String operationId(AdminRoute route) {
        StringBuilder id = new StringBuilder();
        for (String word : route.name().toLowerCase(Locale.ROOT).split("_")) {
            id.append(id.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return id.toString();
    }

    private static void addRequest(ObjectNode operation, AdminRoute route) {
        if (route == AdminRoute.READ_JOURNAL) {
            operation
                    .putArray("parameters")
                    .addObject()
                    .put("name", "after")
                    .put("in", "query")
                    .put(
                            "description",
                            "Leaves out the first so many attempts that ended since the journal was cleared")
                    .putObject("schema")
                    .put("type", "integer")
                    .put("minimum", 0);
        } else if (route == AdminRoute.CHANGE_CONFIG) {
            addRequest(operation, "ConfigChange", "{\"profile\":\"fixed\",\"limits\":{\"requestsPerMinute\":50}}");
        } else if (route == AdminRoute.CHANGE_ANSWERS) {
            addRequest(
                    operation,
                    "AnswersChange",
                    "{\"rules\":[{\"match\":{\"prompt\":{\"contains\":\"weather\"}},\"response\":{\"content\":\"Sunny.\"}}]}");
        } else if (route == AdminRoute.REPORT) {
            addRequest(operation, "Report", "{\"requestKey\":\"r-1\",\"believed\":true}");
        }
    }

    private static void addRequest(ObjectNode operation, String schema, String example) {
        ObjectNode content = operation
                .putObject("requestBody")
                .put("required", true)
                .putObject("content")
                .putObject(JSON);
        content.set("schema", named(schema).node());
        content.set("example", parsed(example));
    }

    private static ObjectNode responses(AdminRoute route) {
        return switch (route) {
            case HEALTH -> ok("The simulator runs.", JSON, named("Health"));
            case METRICS ->
                ok("All metrics.", ServerMetrics.CONTENT_TYPE, text("Prometheus' text format, version 0.0.4"));
            case READ_CONFIG -> ok("The configuration in force.", JSON, named("Config"));
            case CHANGE_CONFIG ->
                withRefusal(
                        ok("The configuration now in force.", JSON, named("Config")),
                        "An unknown key or an impossible number; nothing is changed.");
            case READ_ANSWERS -> ok("The answers in force.", JSON, named("Answers"));
            case CHANGE_ANSWERS ->
                withRefusal(
                        ok("The answers now in force.", JSON, named("Answers")),
                        "The text is no YAML, or has a wrong key or value; the answers stay as they are.");
            case RELOAD_ANSWERS ->
                withRefusal(
                        ok("The answers now in force.", JSON, named("Answers")),
                        "There is no file, or it is wrong; the answers stay as they are.");
            case LIST_PROFILES -> ok("All profiles, the default first.", JSON, list(named("Profile")));
            case READ_JOURNAL ->
                withRefusal(
                        ok(
                                "A JSON object a line; the schema is that of a line.",
                                "application/x-ndjson",
                                named("Attempt")),
                        "The query is no number of attempts.");
            case SUMMARIZE_JOURNAL -> ok("Counts, and medians of completed chats.", JSON, named("JournalSummary"));
            case JUDGE_CLIENTS -> ok("The verdicts on all clients.", JSON, named("Verdicts"));
            case REPORT -> withRefusal(done(), "A line is no report; those before it count.");
            case DESCRIBE -> ok("An OpenAPI document.", JSON, anyObject());
            case RESET, CLEAR_JOURNAL -> done();
        };
    }

    private static ObjectNode ok(String description, String contentType, Schema schema) {
        ObjectNode responses = json.createObjectNode();
        addResponse(responses, "200", description, contentType, schema);
        return responses;
    }

    private static ObjectNode done() {
        ObjectNode responses = json.createObjectNode();
        responses.putObject("204").put("description", "Done.");
        return responses;
    }

    private static ObjectNode withRefusal(ObjectNode responses, String description) {
        addResponse(responses, "400", description, PROBLEM, named("Problem"));
        return responses;
    }

    private static void addResponse(
            ObjectNode responses, String status, String description, String contentType, Schema schema) {
        responses
                .putObject(status)
                .put("description", description)
                .putObject("content")
                .putObject(contentType)
                .set("schema", schema.node());
    }

    private static JsonNode parsed(String example) {
        try {
            return json.readTree(example);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The example is not JSON: " + example, e);
        }
    }
}
