package io.bookstore.perf.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The key of a threshold: a metric's name and the tags a sample must have.
 *
 * @param tags all must match exactly; empty for the metric as a whole
 */
public record TagFilter(String metric, Map<String, String> tags) {

    /** @throws IllegalArgumentException with a sentence for the user if the key is malformed */
    public static TagFilter parse(String key) {
        int open = key.indexOf('{');
        if (open < 0) {
            if (key.indexOf('}') >= 0) {
                throw malformed(key);
            }
            return new TagFilter(key.strip(), Map.of());
        }
        if (!key.endsWith("}")) {
            throw malformed(key);
        }
        Map<String, String> tags = new LinkedHashMap<>();
        for (String pair : key.substring(open + 1, key.length() - 1).split(",", -1)) {
            int colon = pair.indexOf(':');
            String value = colon < 1 ? "" : unquoted(pair.substring(colon + 1).strip());
            if (colon < 1) {
                throw malformed(key);
            }
            tags.put(unquoted(pair.substring(0, colon).strip()), value);
        }
        return new TagFilter(key.substring(0, open).strip(), tags);
    }

    public boolean matches(Map<String, String> sampleTags) {
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            // A sample without the tag matches an empty value, as in k6: group: is the top level.
            if (!tag.getValue().equals(sampleTags.getOrDefault(tag.getKey(), ""))) {
                return false;
            }
        }
        return true;
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1
                && (text.startsWith("\"") && text.endsWith("\"") || text.startsWith("'") && text.endsWith("'"));
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static IllegalArgumentException malformed(String key) {
        return new IllegalArgumentException(
                "Threshold key '%s' is malformed; write it like 'http_req_duration{name:summary}'.".formatted(key));
    }
}
