package io.bookstore.simulator.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Templates in texts: {@code {{prompt}}} stands for a part of the request. */
final class Template {

    private static final Pattern PART = Pattern.compile("(\\\\?)\\{\\{(.*?)}}");
    private static final JsonNodeFactory json = JsonNodeFactory.instance;

    private Template() {}

    /** @throws IllegalArgumentException if a text in the document has a template that there is not */
    static void check(JsonNode document) {
        if (document.isTextual()) {
            PART.matcher(document.textValue())
                    .results()
                    .filter(part -> part.group(1).isEmpty())
                    .forEach(part -> RequestPart.parse(part.group(2)));
        }
        document.forEach(Template::check);
    }

    static String fill(String text, RuleRequest request) {
        return PART.matcher(text)
                .replaceAll(part -> Matcher.quoteReplacement(
                        part.group(1).isEmpty()
                                ? RequestPart.parse(part.group(2)).shown(request)
                                : part.group().substring(1)));
    }

    /** The same document with all its texts filled. */
    static JsonNode fill(JsonNode document, RuleRequest request) {
        if (document.isTextual()) {
            return json.textNode(fill(document.textValue(), request));
        }
        if (document.isObject()) {
            ObjectNode filled = json.objectNode();
            document.properties().forEach(member -> filled.set(member.getKey(), fill(member.getValue(), request)));
            return filled;
        }
        if (document.isArray()) {
            ArrayNode filled = json.arrayNode();
            document.forEach(item -> filled.add(fill(item, request)));
            return filled;
        }
        return document;
    }
}
