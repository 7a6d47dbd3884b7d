package io.bookstore.llm.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListTest {

    @TempDir
    Path folder;

    private static final LocalDate today = LocalDate.parse("2026-11-28");

    private final PriceList prices = PriceList.bundled();

    @ParameterizedTest
    @CsvSource({
        "anthropic, claude-3-5-sonnet-20241022, 45, 123, 0.00198",
        "openai, gpt-5.6-terra, 272000, 0, 0.544",
        "openai, gpt-5.6-terra, 272001, 0, 1.088004",
        "openai, gpt-4o-mini-2024-07-18, 1000000, 1000000, 0.75",
        "openai, gpt-4o-2024-08-06, 1000000, 0, 2.5",
        "ollama, llama3.2, 1000, 1000, 0"
    })
    void costIsExact(String provider, String model, long input, long output, String dollars) {
        assertThat(usd(prices, provider, model, TokenUsage.of(input, output))).isEqualTo(dollars);
    }

    @Test
    void cachedTokensHaveTheirOwnPrice() {
        TokenUsage usage = TokenUsage.anthropic(100_000L, 0L, 800_000L, 100_000L);

        // 0.1 x 3 + 0.8 x 0.30 + 0.1 x 3.75
        assertThat(usd(prices, "anthropic", "claude-3-5-sonnet-20241022", usage))
                .isEqualTo("0.915");
    }

    @Test
    void unknownModelHasNoCost() {
        assertThat(usd(prices, "anthropic", "claude-of-tomorrow", TokenUsage.of(1L, 1L)))
                .isNull();
    }

    // Each begins with the name of a model that has a price, and costs something else.
    @ParameterizedTest
    @CsvSource({
        "openai, gpt-4.1-micro",
        "openai, gpt-4.1-audio-2025-04-14",
        "openai, gpt-4o-audio-preview",
        "openai, gpt-4o-realtime-preview-2024-12-17",
        "openai, gpt-5.5-pro",
        "gcp.gemini, gemini-2.5-flash-image",
        "anthropic, claude-opus-5-9",
        "anthropic, claude-sonnet-5-9-20270101",
        "gcp.gemini, gemini-flash-latest",
        "aws.bedrock, anthropic.claude-of-tomorrow-v1:0",
        "aws.bedrock, arn:aws:bedrock:us-east-1:1234:application-inference-profile/ab12cd"
    })
    void siblingOfAModelIsNotPricedAsIt(String provider, String model) {
        assertThat(usd(prices, provider, model, TokenUsage.of(1L, 1L))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "openai, gpt-4o",
        "openai, gpt-4o-2024-08-06",
        "openai, gpt-4o-latest",
        "anthropic, claude-3-5-sonnet-latest",
        "anthropic, claude-sonnet-4-5@20250929",
        "gcp.gemini, gemini-2.5-flash-001",
        "gcp.gemini, gemini-2.5-flash-preview-09-2025",
        "gcp.gemini, gemini-2.5-pro-preview-05-06",
        "aws.bedrock, us.anthropic.claude-sonnet-4-5-20250929-v1:0"
    })
    void versionOfAModelIsPricedAsIt(String provider, String model) {
        assertThat(usd(prices, provider, model, TokenUsage.of(1L, 1L))).isNotNull();
    }

    @Test
    void ownPriceOfAModelLeavesItsSiblingsTheirs() {
        PriceList own = PriceList.fromEnvironment(
                Map.of(PriceList.ROWS_VARIABLE, "openai, gpt-4o*, 2, 8, , , , , , , 2026-11-01, our contract"));

        assertThat(usd(own, "openai", "gpt-4o-2024-08-06", TokenUsage.of(1_000_000L, 0L)))
                .isEqualTo("2");
        assertThat(usd(own, "openai", "gpt-4o-mini", TokenUsage.of(1_000_000L, 1_000_000L)))
                .isEqualTo("0.75");
    }

    @ParameterizedTest
    @CsvSource({
        "azure.ai.openai, gpt-4o-mini-2024-07-18, 0.15",
        "gcp.vertex_ai, gemini-2.5-flash, 0.3",
        "gcp.vertex_ai, projects/p/locations/global/publishers/anthropic/models/claude-opus-4-6, 5",
        "gcp.vertex_ai, claude-sonnet-4-6@20260217, 3",
        "gcp.gen_ai, gemini-2.5-flash, 0.3",
        "gcp.gemini, models/gemini-2.5-flash, 0.3",
        "aws.bedrock, eu.anthropic.claude-haiku-4-5-20251001-v1:0, 1.1",
        "aws.bedrock, global.anthropic.claude-opus-4-6-v1:0, 5",
        "aws.bedrock, us.anthropic.claude-3-5-haiku-20241022-v1:0, 0.8",
        "aws.bedrock, arn:aws:bedrock:eu-west-1:1234:inference-profile/eu.anthropic.claude-opus-4-6-v1:0, 5.5",
        "aws.bedrock, arn:aws:bedrock:eu-west-1:1234:inference-profile/global.anthropic.claude-opus-4-6-v1:0, 5"
    })
    void modelHasItsVendorsPriceWhereverItIsSold(String provider, String model, String dollars) {
        // 100,000 tokens, ten times: below every tier of a longer prompt.
        Cost cost = prices.cost(provider, model, model, TokenUsage.of(100_000L, 0L), today);

        assertThat(cost).isNotNull();
        assertThat(cost.usd().movePointRight(1)).isEqualByComparingTo(dollars);
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
    void unknownTokensHaveNoCost() {
        assertThat(usd(prices, "openai", "gpt-4o", TokenUsage.of(1L, null))).isNull();
    }

    @Test
    void modelAskedForIsPricedWhereTheAnsweringOneIsUnknown() {
        Cost cost = prices.cost("openai", "alias-of-a-gateway", "gpt-4o", TokenUsage.of(1_000_000L, 0L), today);

        assertThat(cost).isNotNull();
        assertThat(cost.usd()).isEqualByComparingTo("2.5");
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
    void batchCostsItsPart() {
        TokenUsage usage = TokenUsage.anthropic(1_000_000L, 1_000_000L, 1_000_000L, 0L);

        // Half of 3, 15 and 0.30.
        assertThat(usdOfBatch(prices, "anthropic", "claude-sonnet-4-6", usage)).isEqualTo("9.15");
        assertThat(usdOfBatch(prices, "x_ai", "grok-4.7", TokenUsage.of(100_000L, 0L)))
                .isEqualTo("0.16");
    }

    @Test
    void batchOfAModelWithoutAPriceForItHasNoCost() {
        assertThat(usdOfBatch(prices, "groq", "openai/gpt-oss-120b", TokenUsage.of(1L, 1L)))
                .isNull();
    }

    @Test
    void fineTunedModelHasThePriceOfItsKind() {
        assertThat(usd(prices, "openai", "ft:gpt-4o-mini-2024-07-18:acme::a1b2", TokenUsage.of(1_000_000L, 0L)))
                .isEqualTo("0.3");
        assertThat(usd(prices, "openai", "ft:gpt-of-tomorrow:acme::a1b2", TokenUsage.of(1L, 1L)))
                .isNull();
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
    void promptsKeptForAnHourCostMore() {
        TokenUsage usage = TokenUsage.anthropic(0L, 0L, 0L, 1_000_000L).withCacheWriteOneHour(400_000L);

        // 0.6 x 3.75 + 0.4 x 6
        assertThat(usd(prices, "anthropic", "claude-sonnet-4-6", usage)).isEqualTo("4.65");
    }

    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-5-5, anthropic, 2026-10-06, 0.2",
        "claude-sonnet-5-5, anthropic, 2026-10-07, 0.1",
    })
    void priceIsThatOfTheDayOfTheCall(String model, String provider, LocalDate day, String dollars) {
        TokenUsage usage = TokenUsage.anthropic(0L, 0L, 1_000_000L, 0L);

        Cost cost = prices.cost(provider, model, model, usage, day);

        assertThat(cost).isNotNull();
        assertThat(cost.usd()).isEqualByComparingTo(dollars);
    }

    @ParameterizedTest
    @CsvSource({
        "global.anthropic.claude-sonnet-4-6-20260217-v1:0, 3",
        "eu.anthropic.claude-sonnet-4-6-20260217-v1:0, 3.3",
        "anthropic.claude-sonnet-4-6-20260217-v1:0, 3.3"
    })
    void callThatMayNotLeaveItsRegionCostsTenPercentMore(String model, String dollars) {
        assertThat(usd(prices, "aws.bedrock", model, TokenUsage.of(1_000_000L, 0L)))
                .isEqualTo(dollars);
    }

    @Test
    void embeddingNeedsNoOutputTokens() {
        assertThat(usd(prices, "openai", "text-embedding-3-small", TokenUsage.of(1_000_000L, null)))
                .isEqualTo("0.02");
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

    @Test
    void everyBundledRowSaysWhereItComesFrom() {
        assertThat(prices.rows()).hasSizeGreaterThan(40).allSatisfy(row -> {
            assertThat(row.source()).isNotBlank();
            assertThat(row.checked()).isBetween(LocalDate.parse("2025-01-01"), today);
        });
    }

    private static @Nullable String usdOfBatch(PriceList prices, String provider, String model, TokenUsage usage) {
        Cost cost = prices.batchCost(provider, model, model, usage, today);
        return cost == null ? null : cost.usd().stripTrailingZeros().toPlainString();
    }

    private static @Nullable String usd(PriceList prices, String provider, String model, TokenUsage usage) {
        Cost cost = prices.cost(provider, model, model, usage, today);
        return cost == null ? null : cost.usd().stripTrailingZeros().toPlainString();
    }
}
