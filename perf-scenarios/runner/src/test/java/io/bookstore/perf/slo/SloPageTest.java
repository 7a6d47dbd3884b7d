package io.bookstore.perf.slo;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.record.RequestRecord.Kind;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page on goodput and money names what there is, and its examples are read. */
class SloPageTest {

    private String page = "";

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(Checkout.root().resolve("perf-scenarios/docs/slo.md"));
    }

    @Test
    void everyClassDimensionAndKeyHasItsRow() {
        for (Kind kind : Kind.values()) {
            assertThat(page).contains("\n| `" + kind.name().toLowerCase(Locale.ROOT) + "` |");
        }
        for (Dimension dimension : Dimension.values()) {
            assertThat(page).contains("\n| `" + dimension.key() + "` |");
        }
        List<String> keys = Arrays.stream(Money.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        assertThat(page).contains(keys.stream().map(key -> "`" + key + "`").toList());
    }

    @Test
    void standardLimitsAreThoseOfTheTable() {
        Slo.STANDARD.forEach((kind, standard) -> assertThat(page)
                .contains("`%s`, %d s"
                        .formatted(standard.variable(), standard.endToEnd().toSeconds())));
    }

    @Test
    void examplesAreRead() {
        List<String> options = Pattern.compile("--slo (\\S+=\\S+)")
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(options).isNotEmpty();
        assertThat(options)
                .allSatisfy(option -> assertThat(SloText.parse("--slo", option.substring("--slo ".length()))
                                .limits())
                        .isNotEmpty());
    }
}
