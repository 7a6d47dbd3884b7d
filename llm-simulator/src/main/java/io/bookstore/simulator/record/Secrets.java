package io.bookstore.simulator.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.wire.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The secrets of one exchange, and what is left of it without them. Headers and parameters of the query are kept by a list of
 * those that are known to be harmless; fields of a body are masked by their names. The values that were masked are then masked
 * wherever else they stand, such as in an error that quotes the key.
 */
final class Secrets {

    static final String MASK = "***";

    // A shorter value, such as the key "none", is a word that may stand anywhere.
    private static final int SHORTEST = 8;

    private static final Pattern plainHeader = Pattern.compile("accept|content-type|content-length|anthropic-version"
            + "|anthropic-beta|openai-beta|traceparent|retry-after|retry-after-ms|date|request-id|x-request-id"
            + "|x-amzn-requestid|x-amzn-errortype|x-amzn-bedrock-[a-z-]+|x-ratelimit-[a-z-]+|anthropic-ratelimit-[a-z-]+"
            + "|x-should-retry|openai-processing-ms|openai-version|openai-model|x-ms-region|x-simulator-[a-z-]+");
    private static final Pattern plainParameter =
            Pattern.compile("alt|api-version|beta|limit|order|stream|pagesize|after_id|before_id");
    private static final Pattern secretName = Pattern.compile(
            ".*(apikey|accesskey|accesskeyid|secretkey|privatekey|secret"
                    + "|password|passwd|passphrase|token|authorization|credential|credentials|cookie|bearer|auth|signature)");
    private static final Pattern awsSecret = Pattern.compile("(?:Credential|Signature)=([^,\\s]+)");
    private static final Pattern notAName = Pattern.compile("[^a-z0-9]");

    // The shapes of the keys of OpenAI and Anthropic, Google, AWS and GitHub, a bearer's, and one in a URL.
    private static final Pattern knownShape = Pattern.compile("\\bsk-[A-Za-z0-9_-]{16,}|\\bAIza[A-Za-z0-9_-]{30,}"
            + "|\\b(?:AKIA|ASIA)[A-Z0-9]{16}|\\bgh[a-z]_[A-Za-z0-9]{20,}|(?<=\\bBearer )[A-Za-z0-9._~+/=-]{8,}"
            + "|(?<=[?&](?:key|api_key|apikey|api-key|token|access_token|sig)=)[^&\\s\"]+");

    // The longest first: a part of a secret would hide the whole from the search.
    private final Set<String> values =
            new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /**
     * The secrets of a request.
     *
     * @param body a missing node if it is no JSON
     */
    static Secrets of(List<Map.Entry<String, String>> headers, String query, JsonNode body) {
        Secrets secrets = new Secrets();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            boolean key = isSecret(name) || name.endsWith("-key");
            if (key && !plainHeader.matcher(name).matches()) {
                secrets.addHeader(header.getValue());
            }
        }
        for (String parameter : query.split("&")) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && !isPlain(parameter.substring(0, equals))) {
                secrets.add(parameter.substring(equals + 1));
                secrets.add(decoded(parameter.substring(equals + 1)));
            }
        }
        secrets.addMembers(body);
        return secrets;
    }

    /** The headers that are kept, by their names in small letters. */
    Map<String, String> headers(List<Map.Entry<String, String>> all) {
        Map<String, String> kept = new TreeMap<>();
        for (Map.Entry<String, String> header : all) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (plainHeader.matcher(name).matches()) {
                kept.merge(name, masked(header.getValue()), (one, other) -> one + ", " + other);
            }
        }
        return kept;
    }

    /** The query with the values that are kept. */
    String query(String query) {
        List<String> kept = new ArrayList<>();
        for (String parameter : query.split("&")) {
            int equals = parameter.indexOf('=');
            String name = masked(equals < 0 ? parameter : parameter.substring(0, equals));
            kept.add(equals < 0 || isPlain(name) ? masked(parameter) : name + "=" + MASK);
        }
        return String.join("&", kept);
    }

    /** The document without the values of secret fields. */
    JsonNode body(JsonNode document) {
        return masked(document, false, false);
    }

    String masked(String text) {
        String masked = knownShape.matcher(text).replaceAll(MASK);
        for (String value : values) {
            masked = masked.replace(value, MASK);
        }
        return masked;
    }

    /** Writes asterisks over the secrets: the length of an answer, and of each chunk of it, stays. */
    void mask(byte[] answer) {
        for (String value : values) {
            mask(answer, value.getBytes(StandardCharsets.UTF_8));
            String quoted = Json.quote(value);
            mask(answer, quoted.substring(1, quoted.length() - 1).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void mask(byte[] answer, byte[] secret) {
        for (int at = 0; at + secret.length <= answer.length; at++) {
            if (Arrays.equals(answer, at, at + secret.length, secret, 0, secret.length)) {
                Arrays.fill(answer, at, at + secret.length, (byte) '*');
            }
        }
    }

    private JsonNode masked(JsonNode node, boolean secret, boolean schema) {
        if (node.isObject()) {
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            node.fields().forEachRemaining(field -> {
                String name = field.getKey();
                kept.set(
                        masked(name),
                        masked(
                                field.getValue(),
                                secret || isSecretMember(name, field.getValue(), schema),
                                name.equals("properties")));
            });
            return kept;
        }
        if (node.isArray()) {
            ArrayNode kept = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(each -> kept.add(masked(each, secret, false)));
            return kept;
        }
        if (secret && !node.isNull() && !node.isBoolean()) {
            return JsonNodeFactory.instance.textNode(MASK);
        }
        return node.isTextual() ? JsonNodeFactory.instance.textNode(masked(node.textValue())) : node;
    }

    private void addMembers(JsonNode node) {
        addMembers(node, false, false);
    }

    private void addMembers(JsonNode node, boolean secret, boolean schema) {
        if (node.isObject()) {
            node.fields()
                    .forEachRemaining(field -> addMembers(
                            field.getValue(),
                            secret || isSecretMember(field.getKey(), field.getValue(), schema),
                            field.getKey().equals("properties")));
        } else if (node.isArray()) {
            node.forEach(each -> addMembers(each, secret, false));
        } else if (secret && (node.isTextual() || node.isNumber())) {
            add(node.asText());
        } else if (node.isTextual()) {
            knownShape.matcher(node.textValue()).results().forEach(match -> add(match.group()));
        }
    }

    /** Adds the value, and what follows a scheme such as Bearer or the name of a cookie. */
    private void addHeader(String value) {
        if (value.startsWith("AWS4-")) {
            // The rest of a signature is names.
            awsSecret.matcher(value).results().forEach(match -> add(match.group(1)));
            return;
        }
        for (String part : value.split("[,;]")) {
            String stripped = part.strip();
            add(stripped);
            add(stripped.substring(stripped.indexOf(' ') + 1));
            add(stripped.substring(stripped.indexOf('=') + 1));
        }
    }

    private void add(String value) {
        if (value.length() >= SHORTEST) {
            values.add(value);
        }
    }

    /**
     * Returns whether a member holds a secret. A JSON schema describes a field named password, and has no password; the headers
     * of a remote tool hold its keys under any name. A signature in a body belongs to the thoughts of a model.
     */
    private static boolean isSecretMember(String name, JsonNode value, boolean schema) {
        if (schema && value.isObject()) {
            return false;
        }
        return name.equalsIgnoreCase("headers")
                || isSecret(name) && !name.toLowerCase(Locale.ROOT).endsWith("signature");
    }

    private static boolean isSecret(String name) {
        String letters = notAName.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
        return secretName.matcher(letters).matches();
    }

    private static boolean isPlain(String parameter) {
        return plainParameter.matcher(parameter.toLowerCase(Locale.ROOT)).matches();
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
