package io.bookstore.simulator.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is compared with others: the order of the members of its body does not count, nor do the fields that tell
 * who asks, nor secrets.
 *
 * @param body   masked; a missing node if there is none, or none that is JSON
 * @param sha256 of a body that is no JSON; empty if there is none
 */
record RequestForm(String method, String path, String query, JsonNode body, String sha256) {

    /** The members of the body that tell who asks, and not what for. */
    static final Set<String> LEFT_OUT = Set.of("metadata", "user", "safety_identifier", "prompt_cache_key");

    private static final ObjectMapper json =
            new ObjectMapper(Cassette.factory()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int SHOWN = 60;

    /** The form of a request that has come in. */
    static RequestForm of(String method, String path, String query, byte[] body) {
        JsonNode document = document(body);
        Secrets secrets = Secrets.of(List.of(), query, document);
        return new RequestForm(
                method,
                secrets.masked(path),
                secrets.query(query),
                secrets.body(document),
                document.isMissingNode() ? sha256(body) : "");
    }

    /** The JSON object or array of a body; a missing node if it is none. */
    static JsonNode document(byte[] body) {
        try {
            JsonNode document = json.readTree(body);
            return document.isContainerNode() ? document : MissingNode.getInstance();
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    static String sha256(byte[] body) {
        if (body.length == 0) {
            return "";
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    /** The text that equal requests have in common. */
    String key() {
        StringBuilder key = new StringBuilder(address()).append('\n').append(sha256);
        leaves().forEach((at, value) -> key.append('\n').append(at).append(' ').append(value));
        return key.toString();
    }

    String endpoint() {
        return method + " " + path;
    }

    private String address() {
        String sorted = Arrays.stream(query.split("&")).sorted().collect(Collectors.joining("&"));
        return endpoint() + (sorted.isEmpty() ? "" : "?" + sorted);
    }

    /** The values of the body by their JSON pointers. */
    private Map<String, String> leaves() {
        Map<String, String> leaves = new TreeMap<>();
        addLeaves(body, "", leaves);
        return leaves;
    }

    private static void addLeaves(JsonNode node, String at, Map<String, String> leaves) {
        if (node.isMissingNode()) {
            return;
        }
        if (node.isObject() && !node.isEmpty()) {
            node.fields().forEachRemaining(field -> {
                if (!at.isEmpty() || !LEFT_OUT.contains(field.getKey())) {
                    addLeaves(field.getValue(), at + "/" + field.getKey(), leaves);
                }
            });
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                addLeaves(node.get(i), at + "/" + i, leaves);
            }
        } else if (node.isNumber()) {
            // 1, 1.0 and 1e0 are one number.
            leaves.put(at, node.decimalValue().stripTrailingZeros().toString());
        } else {
            leaves.put(at, text(node));
        }
    }

    private static String text(JsonNode node) {
        try {
            return json.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number of values in which this differs from another request. */
    int distance(RequestForm other) {
        return differing(other).size()
                + (address().equals(other.address()) ? 0 : 1)
                + (sha256.equals(other.sha256) ? 0 : 1);
    }

    /** The first difference to a recorded request, as the end of a sentence. */
    String difference(RequestForm recorded) {
        if (!address().equals(recorded.address())) {
            return "in its address: recorded " + recorded.address() + ", asked " + address();
        }
        Map<String, String> mine = leaves();
        Map<String, String> its = recorded.leaves();
        return differing(recorded).stream()
                .findFirst()
                .map(at -> "at " + at + ": recorded " + shown(its.get(at)) + ", asked " + shown(mine.get(at)))
                .orElse("in a body that is no JSON");
    }

    private List<String> differing(RequestForm other) {
        Map<String, String> mine = leaves();
        Map<String, String> its = other.leaves();
        Map<String, String> all = new TreeMap<>(its);
        all.putAll(mine);
        return all.keySet().stream()
                .filter(at -> !String.valueOf(mine.get(at)).equals(String.valueOf(its.get(at))))
                .toList();
    }

    private static String shown(@Nullable String value) {
        if (value == null) {
            return "nothing";
        }
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }
}
