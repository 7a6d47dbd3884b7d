package io.bookstore.llm.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.llm.TokenUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListTest {

    @TempDir
    Path folder;

    private final PriceList prices = PriceList.bundled();

    @ParameterizedTest
    @CsvSource({
        "anthropic, claude-3-5-sonnet-20241022, 45, 123, 0.00198",
        "anthropic, claude-sonnet-4-5-20250929, 200000, 0, 0.6",
        "anthropic, claude-sonnet-4-5-20250929, 200001, 0, 1.200006",
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

    @Test
    void unknownTokensHaveNoCost() {
        assertThat(usd(prices, "openai", "gpt-4o", TokenUsage.of(1L, null))).isNull();
    }

    @Test
    void modelAskedForIsPricedWhereTheAnsweringOneIsUnknown() {
        Cost cost = prices.cost("openai", "alias-of-a-gateway", "gpt-4o", TokenUsage.of(1_000_000L, 0L));

        assertThat(cost).isNotNull();
        assertThat(cost.usd()).isEqualByComparingTo("2.5");
    }

    @Test
    void ownFileGoesBeforeTheBundledRows() throws IOException {
        Path file = Files.writeString(
                folder.resolve("prices.csv"), "openai, gpt-4o*, 1, 2, , , , 2026-11-01, our contract\n");

        PriceList own = prices.with(file);

        assertThat(usd(own, "openai", "gpt-4o", TokenUsage.of(1_000_000L, 1_000_000L)))
                .isEqualTo("3");
        assertThat(usd(own, "anthropic", "claude-3-5-sonnet-20241022", TokenUsage.of(45L, 123L)))
                .isEqualTo("0.00198");
    }

    @Test
    void brokenLineOfAFileIsNamed() throws IOException {
        Path file =
                Files.writeString(folder.resolve("prices.csv"), "# ours\nopenai, gpt-4o*, cheap, 2,,,,2026-11-01,x\n");

        assertThatThrownBy(() -> prices.with(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ":2 has a price, count or date that cannot be read:"
                        + " openai, gpt-4o*, cheap, 2,,,,2026-11-01,x");
    }

    @Test
    void negativePriceIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("prices.csv"), "openai, gpt-4o*, -1, 2,,,,2026-11-01,x\n");

        assertThatThrownBy(() -> prices.with(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input must be >= 0 dollars per million tokens, was -1");
    }

    private static @Nullable String usd(PriceList prices, String provider, String model, TokenUsage usage) {
        Cost cost = prices.cost(provider, model, model, usage);
        return cost == null ? null : cost.usd().stripTrailingZeros().toPlainString();
    }
}
