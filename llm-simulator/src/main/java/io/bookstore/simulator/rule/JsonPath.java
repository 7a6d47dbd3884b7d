package io.bookstore.simulator.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON path of RFC 9535 without filters, slices and lists of selectors: {@code $.messages[-1].content}, {@code $..text},
 * {@code $['a key'][*]}.
 */
record JsonPath(String text, List<Step> steps) {

    private static final Pattern STEP = Pattern.compile("(?<deep>\\.\\.)?(?:"
            + "(?<dot>\\.)?(?<name>[\\p{L}_][\\p{L}\\p{N}_-]*|\\*)"
            + "|\\[(?:(?<index>-?\\d{1,9})|(?<all>\\*)|'(?<single>[^']*)'|\"(?<double>[^\"]*)\")])");

    /**
     * A step into a document.
     *
     * @param deep  true if it begins at every depth
     * @param name  of a member; null if the step is no name
     * @param index in an array, negative from its end; null if the step is no index
     */
    record Step(
            boolean deep, @Nullable String name, @Nullable Integer index) {

        private void addChildren(JsonNode node, List<JsonNode> found) {
            JsonNode child = null;
            if (name != null) {
                child = node.get(name);
            } else if (index != null) {
                child = node.isArray() ? node.get(index < 0 ? node.size() + index : index) : null;
            } else {
                node.forEach(found::add);
            }
            if (child != null) {
                found.add(child);
            }
            if (deep) {
                node.forEach(inner -> addChildren(inner, found));
            }
        }
    }

    /** @throws IllegalArgumentException if the text is no path that is supported */
    static JsonPath of(String text) {
        int at = text.startsWith("$") ? 1 : 0;
        List<Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        while (at > 0 && at < text.length()) {
            if (!step.region(at, text.length()).lookingAt() || isBareName(step)) {
                at = 0;
                break;
            }
            steps.add(step(step));
            at = step.end();
        }
        if (at == 0) {
            throw new IllegalArgumentException("The JSON path \"" + text
                    + "\" cannot be read; begin with $ and go on with .name, ['name'], [0], [-1], [*], .* or ..name");
        }
        return new JsonPath(text, List.copyOf(steps));
    }

    /** Returns whether a name follows neither one dot nor two: {@code $name}. */
    private static boolean isBareName(Matcher step) {
        return step.group("name") != null && (step.group("deep") == null) == (step.group("dot") == null);
    }

    private static Step step(Matcher step) {
        boolean deep = step.group("deep") != null;
        if (step.group("index") != null) {
            return new Step(deep, null, Integer.valueOf(step.group("index")));
        }
        for (String group : new String[] {"name", "single", "double"}) {
            String name = step.group(group);
            if (name != null && !(group.equals("name") && name.equals("*"))) {
                return new Step(deep, name, null);
            }
        }
        return new Step(deep, null, null);
    }

    /** The values at the path, in the order of the document. */
    List<JsonNode> find(JsonNode document) {
        List<JsonNode> found = List.of(document);
        for (Step step : steps) {
            List<JsonNode> next = new ArrayList<>();
            found.forEach(node -> step.addChildren(node, next));
            found = next;
        }
        return found;
    }
}
