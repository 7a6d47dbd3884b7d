package io.bookstore.perf.scenario;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A literal of JavaScript, read without running the script: numbers, texts in quotes, lists and objects.
 *
 * @param script the script that has it
 * @param path   how the script would name it: {@code meta.scenarios.ai-smoke}
 */
record Literal(String script, String path, JsonNode value) {

    // A literal of JavaScript is JSON with less ceremony.
    private static final ObjectReader reader = JsonMapper.builder()
            .enable(
                    JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES,
                    JsonReadFeature.ALLOW_JAVA_COMMENTS,
                    JsonReadFeature.ALLOW_TRAILING_COMMA,
                    JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS,
                    JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS,
                    JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader();

    private static final Pattern duplicateKey = Pattern.compile("^Duplicate field '(.*)'");
    private static final Pattern backQuote = Pattern.compile(".?`");
    private static final Pattern restOfLine = Pattern.compile("[^\\S\\n]*;?[^\\S\\n]*([^\\n]*)");

    /**
     * Reads {@code export const NAME = …} of a script's source, or {@code let} or {@code var}; empty if there is none.
     *
     * @throws PerfException if its value is no literal, or its line goes on after that
     */
    static Optional<Literal> exported(String name, String script, String source) {
        if (!source.contains(name)) {
            return Optional.empty();
        }
        String code = ScriptCode.of(source);
        Matcher export = Pattern.compile("(?<![\\w$.])export\\s+(?:const|let|var)\\s+" + name + "\\s*=\\s*")
                .matcher(code);
        if (!export.find()) {
            return Optional.empty();
        }
        int begin = export.end();
        try (JsonParser parser = reader.createParser(source.substring(begin))) {
            Literal literal = new Literal(script, name, reader.readTree(parser));
            literal.refuseRestOfLine(
                    source, code, begin + (int) parser.currentLocation().getCharOffset());
            return Optional.of(literal);
        } catch (JsonProcessingException e) {
            throw noLiteral(name, script, source, begin, e);
        } catch (IOException e) {
            throw new IllegalStateException("a text cannot be read", e);
        }
    }

    /** The rest of the line would change the value, or be another one. */
    private void refuseRestOfLine(String source, String code, int end) {
        Matcher rest = restOfLine.matcher(code).region(end, code.length());
        if (rest.lookingAt() && rest.start(1) < rest.end(1)) {
            throw refusal("Line " + line(source, end) + " of " + script + " has \""
                    + source.substring(rest.start(1), rest.end(1)).strip() + "\" after the literal of \"" + path
                    + "\": nothing but a semicolon may follow it there.");
        }
    }

    private static PerfException noLiteral(
            String name, String script, String source, int begin, JsonProcessingException e) {
        int place = begin + (int) e.getLocation().getCharOffset();
        String line = "Line " + line(source, place) + " of " + script;
        Matcher duplicate = duplicateKey.matcher(e.getOriginalMessage());
        if (duplicate.find()) {
            return refusal(line + " has the key \"" + duplicate.group(1) + "\" for the second time.");
        }
        if (backQuote
                .matcher(source)
                .region(Math.max(begin, place - 1), source.length())
                .lookingAt()) {
            return refusal(line + " has a text in back quotes: use ' or \".");
        }
        return refusal(line + " is no literal, and \"" + name
                + "\" must be one: numbers, texts in quotes, lists and objects.");
    }

    private static long line(String text, int end) {
        return 1
                + text.substring(0, end)
                        .chars()
                        .filter(character -> character == '\n')
                        .count();
    }

    /** Refuses every key but these. */
    void allowOnly(String... known) {
        List<String> allowed = List.of(known);
        for (String key : entries().keySet()) {
            if (!allowed.contains(key)) {
                throw refused("has an unknown key \"" + key + "\"; known are " + String.join(", ", allowed));
            }
        }
    }

    Optional<Literal> find(String key) {
        return Optional.ofNullable(entries().get(key));
    }

    Literal get(String key) {
        return find(key).orElseThrow(() -> refused("needs the key \"" + key + "\""));
    }

    /** The members of an object, in the order of the script. */
    Map<String, Literal> entries() {
        if (!value.isObject()) {
            throw mustBe("an object");
        }
        Map<String, Literal> entries = new LinkedHashMap<>();
        value.properties().forEach(member -> entries.put(member.getKey(), at(member.getKey(), member.getValue())));
        return entries;
    }

    List<Literal> elements() {
        if (!value.isArray()) {
            throw mustBe("a list");
        }
        List<Literal> elements = new ArrayList<>();
        value.forEach(element -> elements.add(at(String.valueOf(elements.size()), element)));
        return elements;
    }

    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        entries().forEach((name, text) -> texts.put(name, text.text()));
        return texts;
    }

    /** Whole numbers from 1, at least one. */
    List<Integer> counts() {
        List<Integer> counts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(
                    each -> counts.add(each.canConvertToInt() && each.canConvertToExactIntegral() ? each.asInt() : 0));
        }
        if (counts.isEmpty() || counts.stream().anyMatch(count -> count < 1)) {
            throw mustBe("a list of whole numbers from 1");
        }
        return counts;
    }

    String text() {
        if (!value.isTextual() || value.asText().isBlank()) {
            throw mustBe("a text");
        }
        return value.asText();
    }

    String textOrNumber() {
        return value.isNumber() ? value.decimalValue().stripTrailingZeros().toPlainString() : text();
    }

    double number(double min, double max) {
        if (!value.isNumber() || value.asDouble() < min || value.asDouble() > max) {
            throw mustBe("a number from %.0f to %.0f".formatted(min, max));
        }
        return value.asDouble();
    }

    PerfException mustBe(String expected) {
        return refused("must be " + expected + ", was " + value);
    }

    /** @param problem the rest of a sentence that begins with this value's name */
    PerfException refused(String problem) {
        return refusal(path + " of " + script + " " + problem + ".");
    }

    private static PerfException refusal(String sentence) {
        return new PerfException(ExitCode.USAGE, sentence);
    }

    private Literal at(String key, JsonNode member) {
        return new Literal(script, path + "." + key, member);
    }
}
