package io.bookstore.perf.adapt;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A YAML document that is changed value by value, so that comments and layout stay as somebody wrote them. */
final class YamlText {

    private record Edit(int start, int end, String text) {}

    private final String source;
    private final Node root;
    private final List<Edit> edits = new ArrayList<>();

    YamlText(String source) {
        this.source = source;
        this.root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(source));
    }

    /** The node at a path of keys and numbers, such as {@code scrape_configs.0.job_name}. */
    Node at(String path) {
        Node node = root;
        for (String step : path.split("\\.")) {
            node = node instanceof SequenceNode items
                    ? items.getValue().get(Integer.parseInt(step))
                    : member(node, step);
        }
        return node;
    }

    /** The items of the sequence at a path. */
    List<Node> itemsOf(String path) {
        return ((SequenceNode) at(path)).getValue();
    }

    /** The items of the sequence of a mapping. */
    static List<Node> items(Node node, String key) {
        return ((SequenceNode) member(node, key)).getValue();
    }

    static boolean has(Node node, String key) {
        return ((MappingNode) node)
                .getValue().stream()
                        .anyMatch(member -> text(member.getKeyNode()).equals(key));
    }

    static Node member(Node node, String key) {
        return ((MappingNode) node)
                .getValue().stream()
                        .filter(member -> text(member.getKeyNode()).equals(key))
                        .map(NodeTuple::getValueNode)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no key " + key + node.getStartMark()));
    }

    static String text(Node node) {
        return ((ScalarNode) node).getValue();
    }

    /** Changes a text in place; one of several lines stays a block. */
    void change(Node node, UnaryOperator<String> change) {
        ScalarNode scalar = (ScalarNode) node;
        String changed = change.apply(scalar.getValue());
        if (scalar.getScalarStyle() == ScalarStyle.LITERAL) {
            String old = source.substring(start(node), end(node));
            String body = old.substring(old.indexOf('\n') + 1);
            String indent =
                    body.substring(0, body.length() - body.stripLeading().length());
            edits.add(new Edit(start(node), end(node), "|\n" + changed.indent(indent.length())));
        } else if (!changed.equals(scalar.getValue())) {
            edits.add(new Edit(start(node), end(node), scalar(changed, scalar.getScalarStyle())));
        }
    }

    /** Adds text behind a node on a line of its own, or on those that it has. */
    void insertAfter(Node node, String text) {
        edits.add(new Edit(end(node), end(node), text));
    }

    /** Removes an item of a block sequence with the empty lines before it. */
    void removeItem(Node item) {
        edits.add(new Edit(
                withoutEmptyLines(lineOf(item.getStartMark())), withoutEmptyLines(lineOf(item.getEndMark())), ""));
    }

    String edited() {
        StringBuilder text = new StringBuilder(source);
        edits.stream()
                .sorted(Comparator.comparingInt(Edit::start).reversed())
                .forEach(edit -> text.replace(edit.start, edit.end, edit.text));
        return text.toString();
    }

    private static String scalar(String text, ScalarStyle style) {
        boolean plain = style == ScalarStyle.PLAIN
                && text.matches("[\\w(/].*")
                && !text.contains(": ")
                && !text.contains(" #")
                && !text.endsWith(":");
        return plain ? text : quoted(text);
    }

    /** A text in double quotes, with nothing in it but what stands for itself there. */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The begin of the line, or the end of the document. */
    private int lineOf(Mark mark) {
        int index = index(mark);
        return index >= source.length() ? source.length() : source.lastIndexOf('\n', index - 1) + 1;
    }

    /** The begin of the empty lines that end where this line begins. */
    private int withoutEmptyLines(int line) {
        int begin = line;
        while (begin > 1 && source.charAt(begin - 1) == '\n' && source.charAt(begin - 2) == '\n') {
            begin--;
        }
        return begin;
    }

    private int start(Node node) {
        return index(node.getStartMark());
    }

    private int end(Node node) {
        return index(node.getEndMark());
    }

    private int index(Mark mark) {
        return source.offsetByCodePoints(0, mark.getIndex());
    }
}
