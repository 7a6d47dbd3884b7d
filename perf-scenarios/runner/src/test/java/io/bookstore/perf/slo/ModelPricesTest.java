package io.bookstore.perf.slo;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelPricesTest {

    private static final String LIST = """
            # Prices.
            provider, model, input, output, cache read, from prompt tokens, valid from, source
            acme, tea-1*, 2, 10, , , , a page
            acme, tea-1*, 4, 20, , 1000, , a page
            acme, tea-1*, 3, 15, , , 2026-12-01, a page, and another
            acme, embed, 1, 0, , , , a page
            local, *, 0, 0, , , , one's own machine
            """;

    @Test
    void rowDependsOnPromptAndDay() {
        ModelPrices prices = ModelPrices.of(LIST);
        LocalDate november = LocalDate.of(2026, 11, 29);
        LocalDate december = LocalDate.of(2026, 12, 1);

        assertThat(prices.at(999, november)).extracting(ModelPrices.Row::input).containsExactly(2.0);
        assertThat(prices.at(1_000, november))
                .extracting(ModelPrices.Row::input)
                .containsExactly(4.0);
        assertThat(prices.at(999, december)).extracting(ModelPrices.Row::input).containsExactly(3.0);
    }

    @ParameterizedTest
    @CsvSource({
        "acme, tea-1, true",
        "acme, tea-1-2026-11-20, true",
        "acme, tea-1-latest, true",
        "acme, tea-1-mini, false",
        "acme, tea-10, false",
        "acme, embed, false",
        "cloud.acme, tea-1, true",
        "another, tea-1, false",
        ", tea-1, true",
    })
    void modelIsFoundByTheNamesThatServicesGiveIt(@Nullable String provider, String model, boolean found) {
        assertThat(ModelPrices.of(LIST)
                        .of(provider, model, LocalDate.of(2026, 11, 29))
                        .isPresent())
                .isEqualTo(found);
    }

    @Test
    void bundledListHasTheModelsOfTheScripts() {
        ModelPrices prices = ModelPrices.bundled();
        LocalDate day = LocalDate.of(2026, 11, 29);

        assertThat(prices.of("openai", "gpt-4o-2024-08-06", day).orElseThrow().model())
                .isEqualTo("gpt-4o");
        assertThat(prices.of("gemini", "gemini-2.5-flash", day)).isPresent();
        assertThat(prices.of("ollama", "llama3.2", day)).isEmpty();
    }

    @Test
    void bundledListIsThatOfTheLibrary() throws IOException {
        Path library =
                Checkout.root().resolve("llm-instrumentation/src/main/resources/io/bookstore/llm/cost/prices.csv");
        try (InputStream bundled = ModelPrices.class.getResourceAsStream("prices.csv")) {
            assertThat(bundled).hasSameContentAs(Files.newInputStream(library));
        }
    }
}
