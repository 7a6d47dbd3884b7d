package io.bookstore.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeMap;

/** The mark of a call by its content, the same however a client writes its arguments down again. */
public final class ToolMark {

    private ToolMark() {}

    public static String of(String name, JsonNode arguments) {
        StringBuilder mark = new StringBuilder(name);
        append(mark, arguments);
        return mark.toString();
    }

    private static void append(StringBuilder mark, JsonNode value) {
        if (value.isObject()) {
            TreeMap<String, JsonNode> members = new TreeMap<>();
            value.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
            members.forEach((name, member) -> {
                mark.append('{').append(name).append(':');
                append(mark, member);
            });
            mark.append('}');
        } else if (value.isArray()) {
            value.forEach(item -> {
                mark.append('[');
                append(mark, item);
            });
            mark.append(']');
        } else if (value.isNumber()) {
            // A client may read 5 and write 5.0.
            mark.append(value.decimalValue().stripTrailingZeros().toPlainString());
        } else {
            mark.append(value);
        }
    }
}
