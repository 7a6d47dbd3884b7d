package io.bookstore.simulator.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A part of a YAML document as JSON, by the core schema of YAML 1.2: the library's own, that of 1.1, would make
 * {@code no} false and {@code 12:30} the number 750.
 */
final class YamlJson {

    private static final JsonNodeFactory json = JsonNodeFactory.instance;
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");

    private YamlJson() {}

    static JsonNode of(String name, Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = json.arrayNode();
            sequence.getValue().forEach(item -> array.add(of(name, item)));
            return array;
        }
        ObjectNode object = json.objectNode();
        new YamlMap(name, node).values().forEach((key, value) -> object.set(key, of(name + "." + key, value)));
        return object;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN || scalar.getTag().equals(Tag.STR)) {
            return json.textNode(text);
        }
        if (text.equals("true") || text.equals("false")) {
            return json.booleanNode(text.equals("true"));
        }
        if (text.isEmpty() || text.equals("null") || text.equals("~")) {
            return json.nullNode();
        }
        if (INTEGER.matcher(text).matches()) {
            BigInteger number = new BigInteger(text);
            return number.bitLength() < Integer.SIZE ? json.numberNode(number.intValue()) : json.numberNode(number);
        }
        return DECIMAL.matcher(text).matches()
                ? json.numberNode(new BigDecimal(text).doubleValue())
                : json.textNode(text);
    }
}
