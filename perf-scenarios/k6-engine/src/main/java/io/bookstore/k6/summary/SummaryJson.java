package io.bookstore.k6.summary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.k6.run.MetricResult;
import io.bookstore.k6.vu.CheckTree;
import io.bookstore.perf.metrics.MetricType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** The two forms in which k6 hands over a summary. */
public final class SummaryJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SummaryJson() {}

    /** The argument of {@code handleSummary}; {@code ok} of a threshold means that it holds. */
    public static ObjectNode handleSummaryArgument(EndOfTest end) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.set("root_group", groupWithArrays(end.checks().root()));
        ObjectNode options = root.putObject("options");
        end.options().trendStats().forEach(options.putArray("summaryTrendStats")::add);
        options.put("summaryTimeUnit", end.options().timeUnit());
        options.put("noColor", true);
        ObjectNode state = root.putObject("state");
        state.put("testRunDurationMs", end.duration().toNanos() / 1e6);
        state.put("isStdOutTTY", false);
        state.put("isStdErrTTY", false);
        addSetupData(root, end);
        ObjectNode metrics = root.putObject("metrics");
        for (MetricResult metric : end.metrics()) {
            ObjectNode node = metrics.putObject(metric.name());
            node.put("type", metric.metric().type().name().toLowerCase(Locale.ROOT));
            node.put("contains", metric.metric().contains());
            putNumbers(node.putObject("values"), metric.values());
            if (!metric.thresholds().isEmpty()) {
                ObjectNode thresholds = node.putObject("thresholds");
                metric.thresholds()
                        .forEach(threshold ->
                                thresholds.putObject(threshold.expression()).put("ok", threshold.ok()));
            }
        }
        return root;
    }

    /** The file of {@code --summary-export}; {@code true} of a threshold means, unlike above, that it is crossed. */
    public static ObjectNode export(EndOfTest end) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.set("root_group", groupWithObjects(end.checks().root()));
        addSetupData(root, end);
        ObjectNode metrics = root.putObject("metrics");
        for (MetricResult metric : end.metrics()) {
            ObjectNode node = metrics.putObject(metric.name());
            boolean isRate = metric.metric().type() == MetricType.RATE;
            metric.values()
                    .forEach((key, value) -> putNumber(node, isRate && key.equals("rate") ? "value" : key, value));
            if (!metric.thresholds().isEmpty()) {
                ObjectNode thresholds = node.putObject("thresholds");
                metric.thresholds().forEach(threshold -> thresholds.put(threshold.expression(), !threshold.ok()));
            }
        }
        return root;
    }

    private static void addSetupData(ObjectNode root, EndOfTest end) {
        if (end.setupText() != null) {
            try {
                root.set("setup_data", JSON.readTree(end.setupText()));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("setup data was made by JSON.stringify", e);
            }
        }
    }

    private static ObjectNode groupWithArrays(CheckTree.Group group) {
        ObjectNode node = describe(group.name(), group.path());
        ArrayNode groups = node.putArray("groups");
        group.groups().forEach(inner -> groups.add(groupWithArrays(inner)));
        ArrayNode checks = node.putArray("checks");
        group.checks().forEach(check -> checks.add(check(check)));
        return node;
    }

    private static ObjectNode groupWithObjects(CheckTree.Group group) {
        ObjectNode node = describe(group.name(), group.path());
        ObjectNode groups = node.putObject("groups");
        group.groups().forEach(inner -> groups.set(inner.name(), groupWithObjects(inner)));
        ObjectNode checks = node.putObject("checks");
        group.checks().forEach(check -> checks.set(check.name(), check(check)));
        return node;
    }

    private static ObjectNode check(CheckTree.Check check) {
        return describe(check.name(), check.path())
                .put("passes", check.passes())
                .put("fails", check.fails());
    }

    private static ObjectNode describe(String name, String path) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("path", path)
                .put("id", md5(path));
    }

    private static String md5(String path) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(path.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    private static void putNumbers(ObjectNode node, Map<String, Double> values) {
        values.forEach((key, value) -> putNumber(node, key, value));
    }

    /** Whole numbers without a fraction, as JavaScript writes them. */
    private static void putNumber(ObjectNode node, String key, double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            node.put(key, (long) value);
        } else if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }
}
