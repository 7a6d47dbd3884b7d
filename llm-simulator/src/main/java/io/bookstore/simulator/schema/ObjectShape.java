package io.bookstore.simulator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * An object. Required members are always drawn and half of the others, in the order of the schema.
 *
 * @param members  by name, the required ones included
 * @param others   shape of members with other names
 * @param drawsMap whether members with other names are drawn, as in a map
 */
record ObjectShape(
        Map<String, SchemaPlace> members,
        Set<String> required,
        SchemaPlace others,
        boolean drawsMap,
        int least,
        int most)
        implements Shape {

    private static final int MAP_ENTRIES = 3;

    ObjectShape {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        required = Set.copyOf(required);
    }

    @Override
    public JsonNode draw(Drawing drawing, int depth) {
        ObjectNode object = Drawing.nodes.objectNode();
        for (String name : chosen(drawing, depth)) {
            object.set(name, member(name).draw(drawing, depth + 1));
        }
        int entries = drawsMap && depth < Drawing.SOFT_DEPTH
                ? Math.min(most - object.size(), drawing.between(1, MAP_ENTRIES))
                : 0;
        for (int i = 0; entries > 0 || object.size() < least; i++) {
            String name = Words.name(drawing) + (i < MAP_ENTRIES ? "" : "_" + i);
            if (!object.has(name) && !members.containsKey(name)) {
                object.set(name, others.draw(drawing, depth + 1));
                entries--;
            }
        }
        return object;
    }

    private Shape member(String name) {
        return Objects.requireNonNull(members.get(name));
    }

    /** The members that are drawn, in the order of the schema. */
    private List<String> chosen(Drawing drawing, int depth) {
        List<String> open = new ArrayList<>();
        Set<String> taken = new HashSet<>(required);
        members.forEach((name, place) -> {
            if (!required.contains(name) && place.height() != NEVER) {
                open.add(name);
            }
        });
        for (String name : open) {
            if (depth < Drawing.SOFT_DEPTH && drawing.draw().happens(0.5) && taken.size() < most) {
                taken.add(name);
            }
        }
        for (String name : open) {
            if (taken.size() < least) {
                taken.add(name);
            }
        }
        return members.keySet().stream().filter(taken::contains).toList();
    }

    @Override
    public boolean accepts(JsonNode value) {
        if (!value.isObject() || value.size() < least || value.size() > most) {
            return false;
        }
        for (String name : required) {
            if (!value.has(name)) {
                return false;
            }
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            if (!members.getOrDefault(member.getKey(), others).accepts(member.getValue())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int height() {
        if (least > most || required.size() > most || least > possible()) {
            return NEVER;
        }
        int height = 0;
        for (String name : required) {
            height = Math.max(height, member(name).height());
        }
        if (height != NEVER && least > required.size()) {
            height = Math.max(height, heightOfMore());
        }
        return Shape.above(height);
    }

    /** The height with as many optional members as minProperties asks for. */
    private int heightOfMore() {
        int[] optional = members.entrySet().stream()
                .filter(member -> !required.contains(member.getKey()))
                .mapToInt(member -> member.getValue().height())
                .sorted()
                .toArray();
        int more = least - required.size();
        return more <= optional.length ? optional[more - 1] : Math.max(others.height(), last(optional));
    }

    private static int last(int[] sorted) {
        return sorted.length == 0 ? 0 : sorted[sorted.length - 1];
    }

    private int possible() {
        return others.height() != NEVER ? Integer.MAX_VALUE : members.size();
    }

    @Override
    public SchemaException reason(String path) {
        for (String name : members.keySet()) {
            if (required.contains(name) && members.get(name).height() == NEVER) {
                return members.get(name).reason(path);
            }
        }
        return new SchemaException(
                path,
                "no object has " + required.size() + " required members, minProperties " + least
                        + (most == Integer.MAX_VALUE ? "" : " and maxProperties " + most));
    }
}
