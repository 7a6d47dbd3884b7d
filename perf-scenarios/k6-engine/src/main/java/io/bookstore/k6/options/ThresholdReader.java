package io.bookstore.k6.options;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.k6.script.ScriptFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code options.thresholds}; whether an expression makes sense is decided where the metrics are known. */
final class ThresholdReader {
    private ThresholdReader() {}

    static Map<String, List<ThresholdOptions>> read(OptionsNode options) {
        Map<String, List<ThresholdOptions>> thresholds = new LinkedHashMap<>();
        options.object("thresholds").ifPresent(map -> {
            for (String metric : map.keys()) {
                thresholds.put(
                        metric,
                        map.node(metric).map(list -> expressions(metric, list)).orElse(List.of()));
            }
        });
        return thresholds;
    }

    private static List<ThresholdOptions> expressions(String metric, JsonNode list) {
        if (!list.isArray()) {
            throw ScriptFault.configuration(
                    "options.thresholds['%s'] must be an array like ['rate<0.01'], was %s.".formatted(metric, list));
        }
        List<ThresholdOptions> expressions = new ArrayList<>();
        for (JsonNode item : list) {
            expressions.add(
                    expression(metric, "options.thresholds['" + metric + "'][" + expressions.size() + "]", item));
        }
        return expressions;
    }

    private static ThresholdOptions expression(String metric, String place, JsonNode item) {
        if (item.isTextual()) {
            return new ThresholdOptions(metric, item.textValue(), false, Duration.ZERO);
        }
        OptionsNode node = new OptionsNode(place, item);
        if (!node.has("threshold")) {
            throw ScriptFault.configuration(place + ".threshold is missing; give it an expression like 'p(95)<500'.");
        }
        return new ThresholdOptions(
                metric,
                node.text("threshold", ""),
                node.flag("abortOnFail"),
                node.duration("delayAbortEval", Duration.ZERO));
    }
}
