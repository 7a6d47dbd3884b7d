package io.bookstore.perf.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The request of an operation: path with query, headers, and a body that fits its schema. */
final class RequestDraft {

    private static final List<String> PROMPTS = List.of(
            "Summarise Moby-Dick in two sentences.",
            "Explain in two sentences how tides come about.",
            "Name three reasons why bread rises.");

    /** Values that the scripts give themselves. */
    private static final Set<String> OF_THE_SCRIPTS = Set.of("requestId", "refresh");

    private static final Pattern braces = Pattern.compile("\\{\\w+}");
    private static final Pattern ids = Pattern.compile("(request|correlation|trace)-?id|idempotency-?key");

    private final ApiOperation operation;
    private final SchemaExample examples;
    private final Map<String, JsonNode> item = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> query;
    private String path;
    private @Nullable JsonNode body;
    private @Nullable String rawBody;

    /** @param streams true for a request whose answer streams, where the body can ask for that */
    RequestDraft(ApiOperation operation, Credentials credentials, boolean streams) {
        this.operation = operation;
        this.examples = new SchemaExample(operation.document());
        this.path = operation.path();
        this.query = new ArrayList<>(credentials.query());
        operation.parameters().forEach(this::add);
        headers.putIfAbsent("X-Request-Id", "{requestId}");
        ApiOperation.Content content = operation.requestBody();
        if (!content.isMissing()) {
            addBody(content, streams);
        }
    }

    DescriptorDraft.Operation with(DescriptorDraft.@Nullable Stream stream) {
        String whole = query.isEmpty() ? path : path + (path.contains("?") ? "&" : "?") + String.join("&", query);
        return new DescriptorDraft.Operation(
                operation.method(), whole, headers, body, rawBody, operation.goodStatus(), stream);
    }

    /** The values of what stands between braces; several where a prompt is one of them. */
    List<Map<String, JsonNode>> items() {
        boolean asks = (path + query + body).contains(SchemaExample.PROMPT);
        if (!asks || item.containsKey("prompt")) {
            return item.isEmpty() ? List.of() : List.of(item);
        }
        return PROMPTS.stream()
                .map(prompt -> {
                    Map<String, JsonNode> values = new LinkedHashMap<>(item);
                    values.put("prompt", new TextNode(prompt));
                    return values;
                })
                .toList();
    }

    /** Names of values that nothing in the document tells. */
    List<String> madeUp() {
        return examples.madeUp();
    }

    private void add(JsonNode parameter) {
        String name = parameter.path("name").asText();
        boolean required = parameter.path("required").asBoolean();
        String place = parameter.path("in").asText();
        if (place.equals("path")) {
            addToPath(name, value(name, parameter));
        } else if (required && place.equals("query")) {
            String text = value(name, parameter).asText();
            query.add(encoded(name) + "=" + (text.equals(SchemaExample.PROMPT) ? text : encoded(text)));
        } else if (place.equals("header")
                && ids.matcher(name.toLowerCase(Locale.ROOT)).find()) {
            headers.put(name, "{requestId}");
        } else if (required && place.equals("header")) {
            headers.put(name, value(name, parameter).asText());
        }
    }

    private void addToPath(String name, JsonNode value) {
        boolean asks = value.asText().equals(SchemaExample.PROMPT);
        String placeholder = asks ? "prompt" : Names.placeholder(name);
        path = path.replace("{" + name + "}", "{" + placeholder + "}");
        if (!asks && !OF_THE_SCRIPTS.contains(placeholder)) {
            item.put(placeholder, value);
        }
    }

    private JsonNode value(String name, JsonNode parameter) {
        return examples.of(name, parameter, parameter.path("schema"));
    }

    private void addBody(ApiOperation.Content content, boolean streams) {
        String type = content.mediaType();
        boolean json = type.equals("*/*") || type.endsWith("json");
        if (!json && !type.equals("application/x-www-form-urlencoded") && !type.startsWith("text/")) {
            throw operation
                    .document()
                    .bad("has " + operation.label() + " take " + type + " only, which no descriptor sends");
        }
        if (!type.equals("*/*") && !type.equals("application/json")) {
            headers.put("Content-Type", type);
        }
        JsonNode example = examples.of("body", content.node(), content.schema());
        if (example instanceof ObjectNode object
                && object.path(SchemaExample.SWITCH).isBoolean()) {
            object.set(SchemaExample.SWITCH, BooleanNode.valueOf(streams));
        }
        if (json) {
            body = literal("text", example);
        } else {
            rawBody =
                    example.isObject() ? form(example) : example.asText().replace(SchemaExample.PROMPT, PROMPTS.get(0));
        }
    }

    /** The value, with each text that has braces of its own moved into the items: a body's would be filled. */
    private JsonNode literal(String name, JsonNode value) {
        if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(each -> object.set(each.getKey(), literal(each.getKey(), each.getValue())));
            return object;
        }
        if (value.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            value.forEach(each -> list.add(literal(name, each)));
            return list;
        }
        boolean own = value.asText().equals(SchemaExample.PROMPT);
        return value.isTextual() && !own && braces.matcher(value.textValue()).find() ? moved(name, value) : value;
    }

    private JsonNode moved(String name, JsonNode value) {
        String key = Names.placeholder(name);
        while (item.containsKey(key)) {
            key += "_";
        }
        item.put(key, value);
        return new TextNode("{" + key + "}");
    }

    private static String form(JsonNode values) {
        return values.properties().stream()
                .map(each -> encoded(each.getKey()) + "="
                        + encoded(each.getValue().asText().replace(SchemaExample.PROMPT, PROMPTS.get(0))))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
