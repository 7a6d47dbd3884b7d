package io.bookstore.llm.testing;

import io.bookstore.llm.semconv.GenAiConventions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of {@code conventions.txt}: what the conventions say, apart from the code that follows them. */
final class Catalogue {

    private static final String RESOURCE = "conventions.txt";

    /** The labels that a call's metrics carry besides those of their row. */
    private static final String CALL_ATTRIBUTES = "R gen_ai.operation.name P provider C gen_ai.request.model"
            + " r gen_ai.response.model r server.address C server.port";

    private static final String SPAN_ATTRIBUTES = "SPAN";

    private final Map<String, List<List<String>>> sections = new LinkedHashMap<>();

    private Catalogue(BufferedReader reader) throws IOException {
        String section = "";
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith("[")) {
                section = line.substring(1, line.length() - 1);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                sections.computeIfAbsent(section, name -> new ArrayList<>())
                        .add(Arrays.stream(line.split("\\|", -1))
                                .map(String::strip)
                                .toList());
            }
        }
    }

    static Catalogue read() {
        try (InputStream in = Catalogue.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing in the jar");
            }
            return new Catalogue(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The row of an operation; null if the conventions have none of that name. */
    @Nullable
    SpanRow span(String operation) {
        return rows("spans").stream()
                .filter(row -> row.get(0).equals(operation))
                .map(row -> new SpanRow(row.get(1), row.get(2), row.get(3)))
                .findFirst()
                .orElse(null);
    }

    List<AttributeRow> attributes(Set<GenAiConventions> conventions) {
        return rows("attributes").stream()
                .filter(row -> within(row.get(2), row.get(3), conventions))
                .map(row -> new AttributeRow(
                        row.get(0),
                        row.get(1),
                        row.get(2),
                        row.get(3),
                        Map.of(
                                "inference",
                                row.get(4),
                                "embeddings",
                                row.get(5),
                                "execute_tool",
                                row.get(6),
                                "invoke_agent",
                                row.get(7),
                                "retrieval",
                                row.get(8)),
                        row.get(9)))
                .toList();
    }

    List<MetricRow> metrics(Set<GenAiConventions> conventions) {
        return rows("metrics").stream()
                .filter(row -> within(row.get(4), row.get(5), conventions))
                .map(row -> new MetricRow(
                        row.get(0),
                        row.get(1),
                        row.get(2),
                        buckets(row.get(3)),
                        row.get(4),
                        row.get(5),
                        levels(row.get(6), conventions)))
                .toList();
    }

    List<EventRow> events(Set<GenAiConventions> conventions) {
        return rows("events").stream()
                .filter(row -> within(row.get(2), row.get(3), conventions))
                .map(row -> new EventRow(
                        row.get(0),
                        row.get(1),
                        row.get(4).equals(SPAN_ATTRIBUTES),
                        row.get(4).equals(SPAN_ATTRIBUTES)
                                ? Map.of("gen_ai.operation.name", "R")
                                : levels(row.get(4), conventions)))
                .toList();
    }

    /** The values an attribute is limited to; empty if it is free. */
    Set<String> values(String attribute) {
        return rows("values").stream()
                .filter(row -> row.get(0).equals(attribute))
                .flatMap(row -> Arrays.stream(row.get(1).split(" ", -1)))
                .collect(Collectors.toSet());
    }

    List<List<String>> rows(String section) {
        return sections.getOrDefault(section, List.of());
    }

    private List<Double> buckets(String name) {
        return rows("buckets").stream()
                .filter(row -> row.get(0).equals(name))
                .flatMap(row -> Arrays.stream(row.get(1).split(" ", -1)))
                .map(Double::valueOf)
                .toList();
    }

    private static Map<String, String> levels(String text, Set<GenAiConventions> conventions) {
        String[] words = text.replace("CALL", CALL_ATTRIBUTES).split(" ", -1);
        Map<String, String> levels = new LinkedHashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            if (!words[i].equals("P")) {
                levels.put(words[i + 1], words[i]);
                continue;
            }
            if (conventions.contains(GenAiConventions.V1_36)) {
                levels.put("gen_ai.system", "R");
            }
            if (!conventions.equals(Set.of(GenAiConventions.V1_36))) {
                levels.put("gen_ai.provider.name", "R");
            }
        }
        return levels;
    }

    private static boolean within(String from, String to, Set<GenAiConventions> conventions) {
        GenAiConventions first = GenAiConventions.valueOf(from);
        GenAiConventions last = GenAiConventions.valueOf(to);
        return conventions.stream().anyMatch(one -> one.compareTo(first) >= 0 && one.compareTo(last) <= 0);
    }

    /**
     * @param type          {@code inference}, {@code embeddings}, {@code execute_tool}, {@code invoke_agent}, {@code retrieval} or
     *     {@code other}
     * @param kind          span kind; {@code -} if it depends
     * @param nameAttribute what follows the operation in the span's name, if the span has it
     */
    record SpanRow(String type, String kind, String nameAttribute) {}

    /** @param levels by span type */
    record AttributeRow(String name, String type, String from, String to, Map<String, String> levels, String meaning) {}

    /**
     * @param ofSpan whether it has the attributes of the inference span
     * @param levels by attribute
     */
    record EventRow(String name, String severity, boolean ofSpan, Map<String, String> levels) {}

    /** @param levels by attribute */
    record MetricRow(
            String name,
            String instrument,
            String unit,
            List<Double> buckets,
            String from,
            String to,
            Map<String, String> levels) {}
}
