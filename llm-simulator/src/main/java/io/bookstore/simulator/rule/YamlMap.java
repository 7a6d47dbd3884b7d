package io.bookstore.simulator.rule;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A mapping of a YAML document, with the lines of its keys. Each thing that is wrong is an exception with its line. */
final class YamlMap {

    private final String name;
    private final Map<String, Node> values = new LinkedHashMap<>();

    /**
     * @param name  of the mapping, for sentences
     * @param known its keys; any key may be there if none is known
     */
    YamlMap(String name, Node node, String... known) {
        this.name = name;
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node, name + " must be a mapping of keys and values; write each key: value on its own line");
        }
        Set<String> keys = Set.of(known);
        for (NodeTuple entry : mapping.getValue()) {
            String key = text("a key of " + name, entry.getKeyNode());
            if (known.length > 0 && !keys.contains(key)) {
                throw wrong(
                        entry.getKeyNode(),
                        "unknown key \"" + key + "\" of " + name + "; use " + String.join(", ", Arrays.asList(known)));
            }
            if (values.put(key, entry.getValueNode()) != null) {
                throw wrong(entry.getKeyNode(), "the key \"" + key + "\" of " + name + " is there twice; remove one");
            }
        }
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    static IllegalArgumentException wrong(Node node, String sentence) {
        return new IllegalArgumentException("line " + line(node) + ": " + sentence);
    }

    /** The text of a scalar as it is written: {@code no} and {@code 12:30} are texts too. */
    static String text(String name, Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(node, name + " must be a text");
    }

    Map<String, Node> values() {
        return values;
    }

    @Nullable
    Node get(String key) {
        return values.get(key);
    }

    @Nullable
    String text(String key) {
        Node node = values.get(key);
        return node == null ? null : text(key, node);
    }

    boolean flag(String key) {
        String text = matching(key, "true|false", "must be true or false");
        return "true".equals(text);
    }

    @Nullable
    Integer integer(String key) {
        String text = matching(key, "-?[0-9]{1,9}", "must be a whole number");
        return text == null ? null : Integer.valueOf(text);
    }

    @Nullable
    Double number(String key) {
        String text = matching(key, "-?[0-9]{1,9}(\\.[0-9]{1,9})?", "must be a number");
        return text == null ? null : Double.valueOf(text);
    }

    private @Nullable String matching(String key, String pattern, String rule) {
        Node node = values.get(key);
        if (node == null) {
            return null;
        }
        String text = text(key, node);
        if (!text.matches(pattern)) {
            throw wrong(node, key + " of " + name + " " + rule + ", was \"" + text + "\"");
        }
        return text;
    }

    /** The items of a list; none if the key is not there. */
    List<Node> list(String key) {
        Node node = values.get(key);
        if (node == null) {
            return List.of();
        }
        if (node instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
            return sequence.getValue();
        }
        throw wrong(node, key + " must be a list of at least one; begin each item with \"- \"");
    }
}
