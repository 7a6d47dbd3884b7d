package io.bookstore.llm.cost;

import static io.bookstore.llm.cost.Dollars.TODAY;
import static io.bookstore.llm.cost.Dollars.usd;
import static io.bookstore.llm.cost.Dollars.usdOfBatch;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bundled prices: what a call costs, and which models have none. */
class PriceListTest {

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
        Cost cost = prices.cost(provider, model, model, TokenUsage.of(100_000L, 0L), TODAY);

        assertThat(cost).isNotNull();
        assertThat(cost.usd().movePointRight(1)).isEqualByComparingTo(dollars);
    }

    @Test
    void unknownTokensHaveNoCost() {
        assertThat(usd(prices, "openai", "gpt-4o", TokenUsage.of(1L, null))).isNull();
    }

    @Test
    void modelAskedForIsPricedWhereTheAnsweringOneIsUnknown() {
        Cost cost = prices.cost("openai", "alias-of-a-gateway", "gpt-4o", TokenUsage.of(1_000_000L, 0L), TODAY);

        assertThat(cost).isNotNull();
        assertThat(cost.usd()).isEqualByComparingTo("2.5");
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
    void everyBundledRowSaysWhereItComesFrom() {
        assertThat(prices.rows()).hasSizeGreaterThan(40).allSatisfy(row -> {
            assertThat(row.source()).isNotBlank();
            assertThat(row.checked()).isBetween(LocalDate.parse("2025-01-01"), TODAY);
        });
    }
}
