package io.bookstore.llm.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.GenAiTelemetryBuilder;
import io.bookstore.llm.langchain4j.http.BoundedHttpClientBuilder;
import io.bookstore.llm.langchain4j.http.HttpLimits;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiMetric;
import io.opentelemetry.api.common.AttributeKey;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README says what is so: its tables come from the catalogue, its examples from code that compiles. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final Path PAGES = Path.of("docs");
    private static final Pattern LINK = Pattern.compile("]\\((?!http)([^)#]+)\\)");
    private static final Path EXAMPLES = Path.of("src/test/java/io/bookstore/llm/readme");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Set<GenAiConventions> ALL = EnumSet.allOf(GenAiConventions.class);

    private final Catalogue catalogue = Catalogue.read();

    @Test
    void attributesAreThoseOfTheCatalogue() throws Exception {
        assertThat(section("attributes")).isEqualTo(attributes());
    }

    @Test
    void metricsAreThoseOfTheCatalogue() throws Exception {
        assertThat(section("metrics")).isEqualTo(metrics());
    }

    @Test
    void eventsAreThoseOfTheCatalogue() throws Exception {
        StringBuilder table = new StringBuilder("| Event | Severity | Generations | When |\n|---|---|---|---|\n");
        catalogue
                .rows("events")
                .forEach(row -> table.append("| `%s` | %s | %s | %s |\n"
                        .formatted(row.get(0), row.get(1), generations(row.get(2), row.get(3)), row.get(5))));

        assertThat(section("events")).isEqualTo(table.toString());
    }

    @Test
    void everyExampleIsCodeThatCompiles() throws Exception {
        String code;
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            code = files.map(ReadmeTest::read).map(ReadmeTest::squeezed).collect(Collectors.joining("\n"));
        }
        Matcher examples = JAVA.matcher(pages().map(ReadmeTest::read).collect(Collectors.joining("\n")));
        int count = 0;
        while (examples.find()) {
            count++;
            assertThat(code).contains(squeezed(examples.group(1)));
        }
        assertThat(count).isGreaterThan(15);
    }

    @Test
    void everyLinkLeadsSomewhere() throws Exception {
        assertThat(pages())
                .allSatisfy(page -> assertThat(LINK.matcher(read(page)).results())
                        .allSatisfy(link -> assertThat(page.resolveSibling(link.group(1)))
                                .as("link in %s", page)
                                .exists()));
    }

    private static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return Stream.concat(Stream.of(README), files.toList().stream());
        }
    }

    @Test
    void everyKnobOfTheBuilderIsNamed() throws Exception {
        List<String> knobs = Stream.of(GenAiTelemetryBuilder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(method -> method.getName())
                .filter(name -> !name.equals("build"))
                .toList();

        assertThat(knobs)
                .isNotEmpty()
                .allSatisfy(knob -> assertThat(section("knobs")).contains("| `" + knob + "("));
    }

    @Test
    void everyKnobOfTheHttpClientIsNamed() throws Exception {
        List<String> knobs = Stream.of(HttpLimits.class, BoundedHttpClientBuilder.class)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getParameterCount() == 1)
                .map(method -> method.getName())
                // LangChain4j's names of what HttpLimits has.
                .filter(name ->
                        !Set.of("equals", "connectTimeout", "readTimeout").contains(name))
                .toList();

        assertThat(knobs)
                .hasSize(7)
                .allSatisfy(knob -> assertThat(section("http")).contains("| `" + knob + "("));
    }

    private String attributes() {
        Set<String> written =
                CatalogueTest.written().stream().map(AttributeKey::getKey).collect(Collectors.toSet());
        StringBuilder table = new StringBuilder(
                "| Attribute | Type | Generations | inference / embeddings / tool / agent / retrieval | Meaning |\n|---|---|---|---|---|\n");
        catalogue.attributes(ALL).stream()
                .filter(row -> written.contains(row.name()))
                .forEach(row -> table.append("| `%s` | %s | %s | %s / %s / %s / %s / %s | %s |\n"
                        .formatted(
                                row.name(),
                                row.type(),
                                generations(row.from(), row.to()),
                                row.levels().get("inference"),
                                row.levels().get("embeddings"),
                                row.levels().get("execute_tool"),
                                row.levels().get("invoke_agent"),
                                row.levels().get("retrieval"),
                                row.meaning())));
        catalogue
                .rows("kit")
                .forEach(row -> table.append(
                        "| `%s` | %s | ours | %s | %s |\n".formatted(row.get(0), row.get(1), row.get(2), row.get(3))));
        return table.toString();
    }

    private String metrics() {
        Map<String, Catalogue.MetricRow> rows =
                catalogue.metrics(ALL).stream().collect(Collectors.toMap(Catalogue.MetricRow::name, row -> row));
        StringBuilder table =
                new StringBuilder("| Metric | Instrument | Unit | Generations | Meaning |\n|---|---|---|---|---|\n");
        for (GenAiMetric metric : GenAiMetric.values()) {
            Catalogue.MetricRow row = rows.get(metric.wireName());
            table.append("| `%s` | %s | %s | %s | %s |\n"
                    .formatted(
                            metric.wireName(),
                            metric.instrument().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            metric.unit().isEmpty() ? "" : "`" + metric.unit() + "`",
                            row == null ? "ours" : generations(row.from(), row.to()),
                            metric.description()));
        }
        return table.toString();
    }

    private static String generations(String from, String to) {
        if (from.equals(to)) {
            return from;
        }
        return from.equals("V1_36") && to.equals("V0_1") ? "all" : from + " to " + to;
    }

    private static String section(String name) throws IOException {
        String text = pages().map(ReadmeTest::read).collect(Collectors.joining("\n"));
        String start = "<!-- " + name + " -->\n";
        assertThat(text).containsOnlyOnce(start);
        return text.substring(text.indexOf(start) + start.length(), text.indexOf("<!-- /" + name + " -->"));
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
