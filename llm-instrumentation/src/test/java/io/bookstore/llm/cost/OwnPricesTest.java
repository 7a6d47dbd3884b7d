package io.bookstore.llm.cost;

import static io.bookstore.llm.cost.Dollars.usd;
import static io.bookstore.llm.cost.Dollars.usdOfBatch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices of a file or of the environment, which go before the bundled ones; a wrong one is named with its line, column and rule. */
class OwnPricesTest {

    @TempDir
    Path folder;

    private final PriceList prices = PriceList.bundled();

    @Test
    void ownPriceOfAModelLeavesItsSiblingsTheirs() {
        PriceList own = PriceList.fromEnvironment(
                Map.of(PriceList.ROWS_VARIABLE, "openai, gpt-4o*, 2, 8, , , , , , , 2026-11-01, our contract"));

        assertThat(usd(own, "openai", "gpt-4o-2024-08-06", TokenUsage.of(1_000_000L, 0L)))
                .isEqualTo("2");
        assertThat(usd(own, "openai", "gpt-4o-mini", TokenUsage.of(1_000_000L, 1_000_000L)))
                .isEqualTo("0.75");
    }

    @Test
    void resellersOwnRowGoesBeforeItsVendors() {
        PriceList own = PriceList.fromEnvironment(Map.of(
                PriceList.ROWS_VARIABLE, "azure.ai.openai, gpt-4o*, 2, 8, , , , , , , 2026-11-01, our contract"));

        assertThat(usd(own, "azure.ai.openai", "gpt-4o", TokenUsage.of(1_000_000L, 0L)))
                .isEqualTo("2");
        assertThat(usd(own, "openai", "gpt-4o", TokenUsage.of(1_000_000L, 0L))).isEqualTo("2.5");
    }

    @Test
    void ownFileGoesBeforeTheBundledRows() throws IOException {
        Path file = Files.writeString(
                folder.resolve("prices.csv"), "openai, gpt-4o*, 1, 2, , , , , , , 2026-11-01, our contract\n");

        PriceList own = prices.with(file);

        assertThat(usd(own, "openai", "gpt-4o", TokenUsage.of(1_000_000L, 1_000_000L)))
                .isEqualTo("3");
        assertThat(usd(own, "anthropic", "claude-3-5-sonnet-20241022", TokenUsage.of(45L, 123L)))
                .isEqualTo("0.00198");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        openai, gpt-4o*, cheap, 2,,,,,,,2026-11-01,x    | input must be a number, was "cheap"
        openai, gpt-4o*, -1, 2,,,,,,,2026-11-01,x       | input must be >= 0 dollars per million tokens, was -1
        openai, gpt-4o*, , 2,,,,,,,2026-11-01,x         | input must be there, was ""
        openai, gpt-4o*, 1, 2,,,,,,,yesterday,x         | checked must be a date such as 2026-11-25, was "yesterday"
        openai, gpt-4o*, 1, 2,,,,,,,2099-01-01,x        | checked must be today or earlier, was "2099-01-01"
        openai, gpt-4o*, 1, 2,,,,,,,,x                  | checked must be there, was ""
        openai, gpt-4o*, 1, 2,,,,1.5,,,2026-11-01,x     | from prompt tokens must be a whole number
        openai, gpt-4o*, 1e400, 2,,,,,,,2026-11-01,x    | input must be at most 1000000000, was "1e400"
        openai, gpt-4o*, 1, 2,,,,-5,,,2026-11-01,x      | from prompt tokens must be >= 0, was -5
        openai, gpt-4o*, 1, 2,,,,,,0,2026-11-01,x       | regional factor must be > 0, was 0
        openai, gpt-4o*, 1, 2,,,,,,,2026-11-01,         | a price must name its provider, model and source, was "openai", "gpt-4o*", ""
        """)
    void brokenLineOfAFileIsNamedWithColumnValueAndRule(String line, String rule) throws IOException {
        Path file = Files.writeString(folder.resolve("prices.csv"), "# ours\n" + line + "\n");

        assertThatThrownBy(() -> prices.with(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ":2: " + rule);
    }

    @Test
    void columnsMayBeNamedAndThenLeftOut() {
        PriceList own = PriceList.fromEnvironment(Map.of(
                PriceList.ROWS_VARIABLE,
                "provider, model, input, output, checked, source; openai, gpt-4o*, 2, 8, 2026-11-01, our"
                        + " contract, page 3"));

        assertThat(usd(own, "openai", "gpt-4o", TokenUsage.of(1_000_000L, 1_000_000L)))
                .isEqualTo("10");
        assertThat(own.rows()).anySatisfy(row -> assertThat(row.source()).isEqualTo("our contract, page 3"));
    }

    @Test
    void namedColumnsMayStandInAnyOrder() throws IOException {
        Path file = Files.writeString(folder.resolve("prices.csv"), """
            # ours
            provider, model, source, checked, batch factor, output, input
            openai, gpt-4o*, our contract, 2026-11-01, 0.4, 8, 2
            """);

        PriceList own = prices.with(file);

        assertThat(usd(own, "openai", "gpt-4o", TokenUsage.of(1_000_000L, 0L))).isEqualTo("2");
        assertThat(usdOfBatch(own, "openai", "gpt-4o", TokenUsage.of(1_000_000L, 1_000_000L)))
                .isEqualTo("4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        provider, model, price           | a column must be one of provider, model, input, output, cache read, cache write, cache write 1h, from prompt tokens, valid from, regional factor, batch factor, checked, source, was "price"
        provider, model, input, input    | a column must be named once, was "input" again
        """)
    void columnThatIsUnknownOrNamedTwiceIsRefused(String line, String rule) throws IOException {
        Path file = Files.writeString(folder.resolve("prices.csv"), line + "\n");

        assertThatThrownBy(() -> prices.with(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ":1: " + rule);
    }

    @Test
    void columnThatIsNeededAndNotNamedIsToldOfItsRow() throws IOException {
        Path file = Files.writeString(
                folder.resolve("prices.csv"), "provider, model, input, checked, source\nx, y, 1, 2026-11-01, z\n");

        assertThatThrownBy(() -> prices.with(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ":2: output must be there, was \"\"");
    }

    @Test
    void lineWithTooFewColumnsIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("prices.csv"), "openai, gpt-4o*, 1, 2\n");

        assertThatThrownBy(() -> prices.with(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ":1 must have 12 columns (provider, model, input, output, cache read,")
                .hasMessageEndingWith("has 4: openai, gpt-4o*, 1, 2");
    }

    @Test
    void environmentGoesBeforeAFileAndAFileBeforeTheBundledRows() throws IOException {
        Path file = Files.writeString(folder.resolve("prices.csv"), """
            openai, gpt-4o*, 1, 2, , , , , , , 2026-11-01, our contract
            openai, gpt-4.1*, 1, 2, , , , , , , 2026-11-01, our contract
            """);

        PriceList own = PriceList.fromEnvironment(Map.of(
                "LLM_PRICES_FILE",
                file.toString(),
                "LLM_PRICES",
                "openai,gpt-4o*,7,2,,,,,,,2026-11-02,new contract; x,y,1,1,,,,,,,2026-11-02,z"));

        TokenUsage million = TokenUsage.of(1_000_000L, 0L);
        assertThat(usd(own, "openai", "gpt-4o", million)).isEqualTo("7");
        assertThat(usd(own, "openai", "gpt-4.1", million)).isEqualTo("1");
        assertThat(usd(own, "openai", "gpt-5.5", million)).isEqualTo("10");
        assertThat(usd(own, "x", "y", million)).isEqualTo("1");
    }

    @Test
    void fileOfTheEnvironmentThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> PriceList.fromEnvironment(Map.of("LLM_PRICES_FILE", "no/such/file.csv")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("LLM_PRICES_FILE must name a file that can be read, was \"no/such/file.csv\"");
    }
}
