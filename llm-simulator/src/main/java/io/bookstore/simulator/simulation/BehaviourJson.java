package io.bookstore.simulator.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.cache.CacheMode;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.latency.ProfileJson;
import io.bookstore.simulator.limit.LimitScope;
import io.bookstore.simulator.limit.Limits;
import io.bookstore.simulator.limit.Limits.OutputCounting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A behaviour as JSON, for files and for the admin API. Keys that are left out stay as they are; {@code limits} and
 * {@code faults} are replaced whole. A wrong value is refused with key, value and rule, and nothing is changed.
 */
public final class BehaviourJson {

    // The second of two equal keys, and text after the document, would be taken or dropped without a word.
    private static final ObjectMapper json = new ObjectMapper()
            .enable(
                    DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final long MOST_SECONDS = 1_000_000_000;

    private BehaviourJson() {}

    /** @throws IllegalArgumentException if the text is no such document */
    public static Behaviour read(String text, Behaviour current) {
        JsonNode root;
        try {
            root = json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The configuration is not valid JSON: " + e.getOriginalMessage(), e);
        }
        requireKeys("", root, "profile", "seed", "promptCache", "limits", "faults");
        Behaviour behaviour = current;
        if (root.has("profile")) {
            behaviour = behaviour.withProfile(ProfileJson.read(root.get("profile")));
        }
        if (root.has("seed")) {
            behaviour = behaviour.withSeed(wholeNumber("seed", root.get("seed")));
        }
        if (root.has("limits")) {
            behaviour = behaviour.withLimits(limits(root.get("limits")));
        }
        if (root.has("faults")) {
            behaviour = behaviour.withFaults(faults(root.get("faults")));
        }
        if (root.has("promptCache")) {
            behaviour = behaviour.withPromptCache(promptCache(root.get("promptCache")));
        }
        return behaviour;
    }

    public static String write(Behaviour behaviour) {
        ObjectNode root = json.createObjectNode();
        root.set("profile", ProfileJson.write(behaviour.profile()));
        root.put("seed", behaviour.seed());
        root.put("promptCache", behaviour.promptCache().text());
        Limits limits = behaviour.limits();
        root.putObject("limits")
                .put("requestsPerMinute", limits.requestsPerMinute())
                .put("inputTokensPerMinute", limits.inputTokensPerMinute())
                .put("outputTokensPerMinute", limits.outputTokensPerMinute())
                .put("accelerationPerMinute", limits.accelerationPerMinute())
                .put("counting", limits.counting().name().toLowerCase(Locale.ROOT))
                .put("per", limits.per().text());
        var faults = root.putArray("faults");
        for (FaultRule rule : behaviour.faults().rules()) {
            faults.addObject()
                    .put("fault", rule.fault().text())
                    .put("probability", rule.probability())
                    .put("fromSeconds", seconds(rule.from()))
                    .put("untilSeconds", rule.until() == null ? null : Double.valueOf(seconds(rule.until())));
        }
        return root.toString();
    }

    private static CacheMode promptCache(JsonNode node) {
        return Arrays.stream(CacheMode.values())
                .filter(mode -> mode.text().equals(node.asText()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("promptCache must be arrival, warm or off, was " + node));
    }

    private static Limits limits(JsonNode node) {
        requireKeys(
                "limits.",
                node,
                "requestsPerMinute",
                "inputTokensPerMinute",
                "outputTokensPerMinute",
                "accelerationPerMinute",
                "counting",
                "per");
        String counting = node.path("counting").asText("reserve");
        OutputCounting known = Arrays.stream(OutputCounting.values())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(counting))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "limits.counting must be reserve or actual, was \"" + counting + "\""));
        try {
            return new Limits(
                    limit(node, "requestsPerMinute"),
                    limit(node, "inputTokensPerMinute"),
                    limit(node, "outputTokensPerMinute"),
                    limit(node, "accelerationPerMinute"),
                    known,
                    LimitScope.named(
                            "per", node.path("per").asText(Limits.NONE.per().text())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(prefixed("limits.", e), e);
        }
    }

    private static @Nullable Long limit(JsonNode node, String key) {
        return node.path(key).isMissingNode() || node.path(key).isNull() ? null : wholeNumber(key, node.get(key));
    }

    private static FaultRule[] faults(JsonNode node) {
        if (!node.isArray()) {
            throw new IllegalArgumentException("faults must be an array of rules, was " + node);
        }
        List<FaultRule> rules = new ArrayList<>();
        for (JsonNode rule : node) {
            String where = "faults[" + rules.size() + "].";
            requireKeys(where, rule, "fault", "probability", "fromSeconds", "untilSeconds");
            try {
                rules.add(new FaultRule(
                        Fault.parse(rule.path("fault").asText()),
                        rule.has("probability") ? number("probability", rule.get("probability")) : 1,
                        rule.has("fromSeconds") ? duration("fromSeconds", rule.get("fromSeconds")) : Duration.ZERO,
                        rule.path("untilSeconds").isNull() || !rule.has("untilSeconds")
                                ? null
                                : duration("untilSeconds", rule.get("untilSeconds"))));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(prefixed(where, e), e);
            }
        }
        return rules.toArray(FaultRule[]::new);
    }

    /** A sentence that begins with a key gets the whole path of it. */
    private static String prefixed(String path, IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage());
        return Character.isLowerCase(message.charAt(0)) ? path + message : path + "fault: " + message;
    }

    private static void requireKeys(String path, JsonNode node, String... known) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(
                    (path.isEmpty() ? "The configuration" : path.substring(0, path.length() - 1))
                            + " must be a JSON object, was " + node);
        }
        Set<String> keys = new TreeSet<>();
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            keys.add(names.next());
        }
        keys.removeAll(Set.of(known));
        if (!keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "Unknown key " + path + keys.iterator().next() + "; use " + String.join(", ", known));
        }
    }

    private static long wholeNumber(String key, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(key + " must be a whole number, was " + value);
        }
        return value.longValue();
    }

    private static double number(String key, JsonNode value) {
        if (!value.isNumber()) {
            throw new IllegalArgumentException(key + " must be a number, was " + value);
        }
        return value.doubleValue();
    }

    private static Duration duration(String key, JsonNode seconds) {
        double value = number(key, seconds);
        // Written so that NaN is refused too; beyond, nanoseconds would not fit a long.
        if (!(value >= 0 && value <= MOST_SECONDS)) {
            throw new IllegalArgumentException(key + " must be from 0 to " + MOST_SECONDS + ", was " + seconds);
        }
        return Duration.ofNanos(Math.round(value * 1e9));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
