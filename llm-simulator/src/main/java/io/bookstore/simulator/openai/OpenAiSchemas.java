package io.bookstore.simulator.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.schema.JsonSchema;
import io.bookstore.simulator.schema.SchemaException;
import io.bookstore.simulator.wire.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code response_format} of chat completions and {@code text.format} of responses:
 * https://platform.openai.com/docs/guides/structured-outputs.
 */
final class OpenAiSchemas {

    private static final Pattern name = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private OpenAiSchemas() {}

    /**
     * Returns the schema of the answer; null if it is prose.
     *
     * @param nested true if the definition is in {@code json_schema}, as in chat completions
     * @param prompt the text of all messages, which must have the word JSON if there is no schema
     */
    static @Nullable JsonSchema read(JsonNode format, String path, boolean nested, String prompt) {
        if (format.isMissingNode() || format.isNull()) {
            return null;
        }
        if (!format.isObject()) {
            throw OpenAiInvalid.wrongType(path, "an object", format);
        }
        String type = format.path("type").asText();
        return switch (type) {
            case "" -> throw OpenAiInvalid.missing(path + ".type");
            case "text" -> null;
            case "json_object" -> anyObject(prompt, path, nested);
            case "json_schema" ->
                nested
                        ? named(format.path("json_schema"), path + ".json_schema", path, true)
                        : named(format, path, path + ".schema", false);
            default ->
                throw OpenAiInvalid.unsupported(path + ".type", type, "'json_object', 'json_schema', and 'text'");
        };
    }

    private static JsonSchema anyObject(String prompt, String path, boolean nested) {
        if (!prompt.toLowerCase(Locale.ROOT).contains("json")) {
            String messages = nested ? "messages" : "input";
            throw OpenAiInvalid.withoutCode(
                    "'" + messages + "' must contain the word 'json' in some form, to use '" + path
                            + "' of type 'json_object'.",
                    messages);
        }
        return JsonSchema.SOME_OBJECT;
    }

    private static JsonSchema named(JsonNode definition, String path, String blamed, boolean nested) {
        if (!definition.isObject()) {
            throw OpenAiInvalid.missing(path);
        }
        requireName(definition.path("name"), path + ".name");
        JsonNode schema = definition.path("schema");
        if (schema.isMissingNode() || schema.isNull()) {
            if (nested) {
                return JsonSchema.SOME_OBJECT;
            }
            throw OpenAiInvalid.missing(path + ".schema");
        }
        return schema(
                schema,
                definition.path("strict").asBoolean(false),
                "response_format '" + definition.path("name").asText() + "'",
                blamed,
                nested ? "" : "invalid_json_schema");
    }

    /** Requires a name of a schema or of a function. */
    static void requireName(JsonNode value, String path) {
        if (value.isMissingNode() || value.isNull()) {
            throw OpenAiInvalid.missing(path);
        }
        if (!value.isTextual()) {
            throw OpenAiInvalid.wrongType(path, "a string", value);
        }
        if (!name.matcher(value.textValue()).matches()) {
            throw OpenAiInvalid.value(
                    path,
                    "Invalid '" + path + "': string does not match pattern. Expected a string that matches the pattern"
                            + " '^[a-zA-Z0-9_-]+$'.");
        }
    }

    /** @param owner the thing that the schema belongs to, as the refusal names it */
    static JsonSchema schema(JsonNode schema, boolean strict, String owner, String path, String code) {
        try {
            if (strict) {
                requireStrict(schema, List.of(), owner, path, code);
            }
            return JsonSchema.read(schema);
        } catch (SchemaException e) {
            throw OpenAiInvalid.schema(owner, e.getMessage(), path, code);
        }
    }

    /** The rules of strict schemas: no additional members, and all members required. */
    private static void requireStrict(JsonNode schema, List<String> context, String owner, String path, String code) {
        if (schema.has("properties") || schema.path("type").asText().equals("object")) {
            JsonNode additional = schema.path("additionalProperties");
            if (!additional.isBoolean() || additional.booleanValue()) {
                throw notStrict(
                        context,
                        "'additionalProperties' is required to be supplied and to be false.",
                        owner,
                        path,
                        code);
            }
            List<String> required = new ArrayList<>();
            schema.path("required").forEach(member -> required.add(member.asText()));
            schema.path("properties").fieldNames().forEachRemaining(member -> {
                if (!required.contains(member)) {
                    throw notStrict(
                            context,
                            "'required' is required to be supplied and to be an array including every key in"
                                    + " properties. Missing '" + member + "'.",
                            owner,
                            path,
                            code);
                }
            });
        }
        for (String group : List.of("properties", "$defs", "definitions")) {
            for (Map.Entry<String, JsonNode> member : schema.path(group).properties()) {
                requireStrict(member.getValue(), with(context, group, member.getKey()), owner, path, code);
            }
        }
        if (schema.path("items").isObject()) {
            requireStrict(schema.path("items"), with(context, "items"), owner, path, code);
        }
        int index = 0;
        for (JsonNode alternative : schema.path("anyOf")) {
            requireStrict(alternative, with(context, "anyOf", String.valueOf(index++)), owner, path, code);
        }
    }

    private static RefusedException notStrict(
            List<String> context, String rule, String owner, String path, String code) {
        String place = context.stream().map(part -> "'" + part + "'").collect(Collectors.joining(", "));
        String tuple = "(" + place + (context.size() == 1 ? ",)" : ")");
        return OpenAiInvalid.schema(owner, "In context=" + tuple + ", " + rule, path, code);
    }

    private static List<String> with(List<String> context, String... more) {
        List<String> longer = new ArrayList<>(context);
        longer.addAll(List.of(more));
        return longer;
    }
}
