package io.bookstore.llm.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.semconv.GenAiAttributes;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiEvent;
import io.bookstore.llm.semconv.GenAiMetric;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names that the code writes are those of the tables, which it does not read. */
class CatalogueTest {

    private static final Set<GenAiConventions> ALL = EnumSet.allOf(GenAiConventions.class);
    private static final Set<String> LABELS =
            Set.of("outcome", "kind", "stage", "gen_ai.token.type", "gen_ai.token.modality");
    private static final Map<AttributeType, String> TYPES = Map.of(
            AttributeType.STRING, "string",
            AttributeType.LONG, "int",
            AttributeType.DOUBLE, "double",
            AttributeType.BOOLEAN, "boolean",
            AttributeType.STRING_ARRAY, "string[]");

    private final Catalogue catalogue = Catalogue.read();

    @Test
    void everyAttributeOfTheCodeIsInTheTablesWithItsType() {
        Set<String> known = Stream.concat(
                        catalogue.attributes(ALL).stream().map(row -> row.name() + " " + row.type()),
                        catalogue.rows("kit").stream().map(row -> row.get(0) + " " + row.get(1)))
                .map(row -> row.replace(" json", " string")) // As text: older APIs have nothing else.
                .collect(Collectors.toSet());

        assertThat(written())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(known).contains(key.getKey() + " " + TYPES.get(key.getType())));
    }

    @Test
    void everyStandardMetricOfTheCodeIsThatOfTheTables() {
        Map<String, Catalogue.MetricRow> rows =
                catalogue.metrics(ALL).stream().collect(Collectors.toMap(Catalogue.MetricRow::name, row -> row));
        List<GenAiMetric> standard = Stream.of(GenAiMetric.values())
                .filter(metric -> metric.wireName().startsWith("gen_ai."))
                .toList();

        assertThat(standard).hasSameSizeAs(rows.values()).allSatisfy(metric -> {
            Catalogue.MetricRow row = Objects.requireNonNull(rows.get(metric.wireName()), metric.wireName());
            assertThat(metric.unit()).isEqualTo(row.unit());
            assertThat(metric.instrument().name().toLowerCase(Locale.ROOT)).isEqualTo(row.instrument());
            assertThat(metric.buckets()).isEqualTo(row.buckets());
        });
    }

    @Test
    void everyEventOfTheCodeIsThatOfTheTables() {
        for (GenAiConventions generation : Set.of(GenAiConventions.V1_41, GenAiConventions.V0_1)) {
            assertThat(catalogue.events(Set.of(generation)))
                    .extracting(row -> row.name() + " " + row.severity())
                    .containsExactly(Stream.of(GenAiEvent.values())
                            .map(event -> event.wireName(Set.of(generation)) + " " + event.severity())
                            .toArray(String[]::new));
        }
    }

    @Test
    void bucketsAreThoseOfTheConventions() {
        Catalogue.MetricRow duration =
                catalogue.metrics(Set.of(GenAiConventions.V1_41)).get(0);

        assertThat(duration.name()).isEqualTo("gen_ai.client.operation.duration");
        assertThat(duration.buckets())
                .containsExactly(
                        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
    }

    /** Attributes that the code may put onto a span. */
    static List<AttributeKey<?>> written() {
        return Stream.of(GenAiAttributes.class.getFields())
                .filter(field -> field.getType() == AttributeKey.class)
                .<AttributeKey<?>>map(field -> {
                    try {
                        return (AttributeKey<?>) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .filter(key -> !LABELS.contains(key.getKey()))
                .toList();
    }
}
