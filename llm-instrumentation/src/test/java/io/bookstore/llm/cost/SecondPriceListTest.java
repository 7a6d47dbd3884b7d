package io.bookstore.llm.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Holds the bundled prices against those of another list, so that a difference is a decision. */
class SecondPriceListTest {

    private static final String SECOND_LIST = "prices-of-litellm-2026-11-28.csv";
    private static final LocalDate DAY = LocalDate.parse("2026-11-28");
    private static final int FIRST_PRICE = 3;
    private static final List<String> KINDS =
            List.of("input", "output", "cache read", "cache write", "cache write 1h", "batch input", "batch output");
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private static final String BARE_ID =
            "an id without a profile runs in one region, and Anthropic and AWS charge 10 % more"
                    + " for that since Claude 4.5; LiteLLM does not, and ours must not undercharge";
    private static final String ROUNDED = "half of the input, as pydantic/genai-prices tells; LiteLLM rounds it";
    private static final String TWO_FACTORS =
            "0.593 of the input and 0.833 of the output: no other batch is priced so, and a row has one factor for"
                    + " both";
    private static final Map<String, String> ACCEPTED = Map.of(
            "aws.bedrock anthropic.claude-sonnet-4-6 at 1000: input 3, ours 3.3", BARE_ID,
            "aws.bedrock anthropic.claude-sonnet-4-6 at 1000: output 15, ours 16.5", BARE_ID,
            "groq openai/gpt-oss-safeguard-20b at 1000: cache read 0.037, ours 0.0375", ROUNDED,
            "openai ft:gpt-4o-2024-08-06:acme:books:a1b2 at 1000: batch input 2.225, ours none", TWO_FACTORS,
            "openai ft:gpt-4o-2024-08-06:acme:books:a1b2 at 1000: batch output 12.5, ours none", TWO_FACTORS);

    private final PriceList ours = PriceList.bundled();

    @Test
    void everyDifferenceFromTheSecondListHasItsReason() {
        assertThat(secondList().flatMap(this::differences))
                .containsExactlyInAnyOrderElementsOf(new TreeSet<>(ACCEPTED.keySet()));
    }

    private Stream<String> differences(String[] row) {
        return IntStream.range(0, KINDS.size())
                .filter(kind -> !row[FIRST_PRICE + kind].isEmpty())
                .mapToObj(kind -> difference(row, kind))
                .flatMap(Optional::stream);
    }

    private Optional<String> difference(String[] row, int kind) {
        BigDecimal other = new BigDecimal(row[FIRST_PRICE + kind]);
        BigDecimal own = KINDS.get(kind).startsWith("batch") && batchCost(row, TokenUsage.of(1L, 1L)) == null
                ? null
                : price(row, kind);
        return own != null && own.compareTo(other) == 0
                ? Optional.empty()
                : Optional.of(row[0] + " " + row[1] + " at " + row[2] + ": " + KINDS.get(kind) + " " + other + ", ours "
                        + (own == null ? "none" : own.stripTrailingZeros().toPlainString()));
    }

    private BigDecimal price(String[] row, int kind) {
        long prompt = Long.parseLong(row[2]);
        TokenUsage nothing = TokenUsage.of(prompt, 0L);
        BigDecimal input = cost(row, nothing);
        return switch (KINDS.get(kind)) {
            case "input" -> perMillion(input, prompt);
            case "output" -> cost(row, TokenUsage.of(prompt, 1_000_000L)).subtract(input);
            case "cache read" -> perMillion(cost(row, new TokenUsage(prompt, 0L, prompt, null, null)), prompt);
            case "cache write" -> perMillion(cost(row, new TokenUsage(prompt, 0L, null, prompt, null)), prompt);
            case "cache write 1h" ->
                perMillion(
                        cost(row, new TokenUsage(prompt, 0L, null, prompt, null).withCacheWriteOneHour(prompt)),
                        prompt);
            case "batch input" -> perMillion(known(row, batchCost(row, nothing)), prompt);
            default ->
                known(row, batchCost(row, TokenUsage.of(prompt, 1_000_000L)))
                        .subtract(known(row, batchCost(row, nothing)));
        };
    }

    private BigDecimal cost(String[] row, TokenUsage usage) {
        return known(row, usd(ours.cost(row[0], row[1], row[1], usage, DAY)));
    }

    private @Nullable BigDecimal batchCost(String[] row, TokenUsage usage) {
        return usd(ours.batchCost(row[0], row[1], row[1], usage, DAY));
    }

    private static @Nullable BigDecimal usd(@Nullable Cost cost) {
        return cost == null ? null : cost.usd();
    }

    private static BigDecimal known(String[] row, @Nullable BigDecimal usd) {
        return Objects.requireNonNull(usd, row[1]);
    }

    private static BigDecimal perMillion(BigDecimal usd, long tokens) {
        return usd.multiply(MILLION).divide(BigDecimal.valueOf(tokens));
    }

    private static Stream<String[]> secondList() {
        try (InputStream in = Objects.requireNonNull(SecondPriceListTest.class.getResourceAsStream(SECOND_LIST))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\s*,\\s*", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
