package io.bookstore.simulator.latency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.simulator.latency.Serving.ColdStart;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A profile as JSON: a name for one that comes with the simulator, an object for one's own. An object starts from its
 * {@code base} and changes what it names.
 */
public final class ProfileJson {

    private static final ObjectMapper json = new ObjectMapper();
    private static final String DEFAULT_BASE = "sonnet-class";

    private ProfileJson() {}

    /** @throws IllegalArgumentException naming key, value and rule */
    public static Profile read(JsonNode node) {
        if (node.isTextual()) {
            return Profiles.named(node.asText());
        }
        if (!node.isObject()) {
            throw new IllegalArgumentException("profile must be a name or an object, was " + node);
        }
        ObjectNode changes = node.deepCopy();
        JsonNode name = changes.remove("name");
        if (name == null || !name.isTextual() || name.asText().isBlank()) {
            throw new IllegalArgumentException("profile.name must be a text, was " + name);
        }
        if (Profiles.knows(name.asText())) {
            throw new IllegalArgumentException(
                    "profile.name must be a new one, was \"" + name.asText() + "\", which comes with the simulator");
        }
        JsonNode base = changes.remove("base");
        JsonNode told = changes.remove("sources");
        Profile from = Profiles.named(base == null ? DEFAULT_BASE : base.asText());
        ObjectNode whole = numbers(from);
        merge("profile", whole, changes);
        try {
            return profile(name.asText(), whole, sources(from, whole, told));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("profile." + e.getMessage(), e);
        }
    }

    /** Reads a profile that names all of its numbers and their sources, as {@link #whole} writes it. */
    static Profile readWhole(InputStream in) throws IOException {
        JsonNode node = json.readTree(in);
        Map<String, String> sources = new TreeMap<>();
        node.get("sources")
                .fields()
                .forEachRemaining(
                        each -> sources.put(each.getKey(), each.getValue().asText()));
        return profile(node.get("name").asText(), node, sources);
    }

    /** The JSON that {@link #read} takes for the same profile. */
    public static JsonNode write(Profile profile) {
        if (Profiles.knows(profile.name())) {
            return json.getNodeFactory().textNode(profile.name());
        }
        return whole(profile);
    }

    /** The JSON of all numbers and their sources. */
    public static ObjectNode whole(Profile profile) {
        ObjectNode node = json.createObjectNode().put("name", profile.name());
        node.setAll(numbers(profile));
        ObjectNode sources = node.putObject("sources");
        Profile.numberKeys().stream()
                .filter(profile.sources()::containsKey)
                .forEach(key -> sources.put(key, profile.sources().get(key)));
        return node;
    }

    /** The sources of the base for the numbers that stayed as they were, and those that are given. */
    private static Map<String, String> sources(Profile base, ObjectNode whole, @Nullable JsonNode told) {
        Map<String, String> sources = new TreeMap<>();
        ObjectNode before = numbers(base);
        base.sources().forEach((key, source) -> {
            String pointer = "/" + key.replace('.', '/');
            if (before.at(pointer).doubleValue() == whole.at(pointer).doubleValue()) {
                sources.put(key, source);
            }
        });
        if (told != null) {
            if (!told.isObject()) {
                throw new IllegalArgumentException("sources must be an object, was " + told);
            }
            told.fields().forEachRemaining(each -> {
                if (!each.getValue().isTextual()) {
                    throw new IllegalArgumentException(
                            "sources." + each.getKey() + " must be a text, was " + each.getValue());
                }
                sources.put(each.getKey(), each.getValue().asText());
            });
        }
        return sources;
    }

    private static void merge(String path, ObjectNode target, ObjectNode changes) {
        for (Iterator<Map.Entry<String, JsonNode>> all = changes.fields(); all.hasNext(); ) {
            Map.Entry<String, JsonNode> change = all.next();
            String key = path + "." + change.getKey();
            JsonNode old = target.get(change.getKey());
            if (old == null) {
                throw new IllegalArgumentException("Unknown key " + key + "; use "
                        + (path.equals("profile") ? "name, base, sources, " : "") + names(target));
            }
            if (old instanceof ObjectNode group) {
                if (!(change.getValue() instanceof ObjectNode)) {
                    throw new IllegalArgumentException(key + " must be an object, was " + change.getValue());
                }
                merge(key, group, (ObjectNode) change.getValue());
            } else if (!change.getValue().isNumber() || (old.isInt() && !isInt(change.getValue()))) {
                throw new IllegalArgumentException(
                        key + " must be a " + (old.isInt() ? "whole " : "") + "number, was " + change.getValue());
            } else {
                target.set(change.getKey(), change.getValue());
            }
        }
    }

    private static boolean isInt(JsonNode value) {
        return value.canConvertToExactIntegral() && value.canConvertToInt();
    }

    private static String names(ObjectNode node) {
        StringBuilder names = new StringBuilder();
        node.fieldNames()
                .forEachRemaining(
                        name -> names.append(names.isEmpty() ? "" : ", ").append(name));
        return names.toString();
    }

    private static ObjectNode numbers(Profile profile) {
        Prefill prefill = profile.latency().prefill();
        Decode decode = profile.latency().decode();
        Stall stall = profile.latency().stall();
        OutputLength length = profile.outputLength();
        Serving serving = profile.serving();
        Agent agent = profile.agent();
        Reasoning reasoning = profile.reasoning();
        ObjectNode root = json.createObjectNode();
        root.putObject("prefill")
                .put("medianMs", prefill.medianMs())
                .put("perPromptTokenMs", prefill.perPromptTokenMs())
                .put("sigma", prefill.sigma());
        root.putObject("decode")
                .put("tokenMs", decode.tokenMs())
                .put("sigma", decode.sigma())
                .put("jitter", decode.jitter())
                .put("tokensPerChunk", decode.tokensPerChunk());
        root.putObject("stall")
                .put("probability", stall.probability())
                .put("shortestMs", stall.shortestMs())
                .put("longestMs", stall.longestMs());
        root.putObject("outputLength")
                .put("median", length.median())
                .put("sigma", length.sigma())
                .put("least", length.least())
                .put("most", length.most());
        root.putObject("serving")
                .put("slots", serving.slots())
                .put("queue", serving.queue())
                .put("loadFactor", serving.loadFactor())
                .putObject("coldStart")
                .put("shortestMs", serving.coldStart().shortestMs())
                .put("longestMs", serving.coldStart().longestMs())
                .put("idleSeconds", serving.coldStart().idleSeconds());
        root.putObject("agent")
                .put("median", agent.median())
                .put("sigma", agent.sigma())
                .put("least", agent.least())
                .put("most", agent.most())
                .put("parallelShare", agent.parallelShare());
        root.putObject("reasoning")
                .put("median", reasoning.median())
                .put("sigma", reasoning.sigma())
                .put("least", reasoning.least())
                .put("most", reasoning.most())
                .put("summaryShare", reasoning.summaryShare())
                .put("unaskedShare", reasoning.unaskedShare());
        return root;
    }

    private static Profile profile(String name, JsonNode node, Map<String, String> sources) {
        JsonNode prefill = node.get("prefill");
        JsonNode decode = node.get("decode");
        JsonNode stall = node.get("stall");
        JsonNode length = node.get("outputLength");
        JsonNode serving = node.get("serving");
        JsonNode cold = serving.get("coldStart");
        JsonNode agent = node.get("agent");
        JsonNode reasoning = node.get("reasoning");
        return new Profile(
                name,
                new LatencyModel(
                        new Prefill(
                                number(prefill, "medianMs"),
                                number(prefill, "perPromptTokenMs"),
                                number(prefill, "sigma")),
                        new Decode(
                                number(decode, "tokenMs"),
                                number(decode, "sigma"),
                                number(decode, "jitter"),
                                whole(decode, "tokensPerChunk")),
                        new Stall(
                                number(stall, "probability"), number(stall, "shortestMs"), number(stall, "longestMs"))),
                new OutputLength(
                        whole(length, "median"),
                        number(length, "sigma"),
                        whole(length, "least"),
                        whole(length, "most")),
                new Serving(
                        whole(serving, "slots"),
                        whole(serving, "queue"),
                        number(serving, "loadFactor"),
                        new ColdStart(
                                number(cold, "shortestMs"), number(cold, "longestMs"), number(cold, "idleSeconds"))),
                new Agent(
                        whole(agent, "median"),
                        number(agent, "sigma"),
                        whole(agent, "least"),
                        whole(agent, "most"),
                        number(agent, "parallelShare")),
                new Reasoning(
                        whole(reasoning, "median"),
                        number(reasoning, "sigma"),
                        whole(reasoning, "least"),
                        whole(reasoning, "most"),
                        number(reasoning, "summaryShare"),
                        number(reasoning, "unaskedShare")),
                sources);
    }

    private static double number(JsonNode node, String key) {
        return node.get(key).doubleValue();
    }

    private static int whole(JsonNode node, String key) {
        return node.get(key).intValue();
    }
}
