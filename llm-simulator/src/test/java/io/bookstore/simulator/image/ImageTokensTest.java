package io.bookstore.simulator.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the providers' own pages, and the cases that these leave open. */
class ImageTokensTest {

    // The table of https://docs.claude.com/en/docs/build-with-claude/vision#calculate-image-costs, and pictures beyond
    // its limits.
    @ParameterizedTest
    @CsvSource({
        "200, 200, 54",
        "1000, 1000, 1334",
        "1092, 1092, 1590",
        "3000, 2000, 1600",
        "15680, 1568, 328",
        "1, 1, 1"
    })
    void anthropicCountsPixels(int width, int height, int tokens) {
        assertThat(ImageTokens.ofAnthropic(new ImageSize(width, height))).isEqualTo(tokens);
    }

    // https://platform.openai.com/docs/guides/images-vision#calculating-costs: 765, 1,105, 85, 1,024 and 1,452 are its
    // examples.
    @ParameterizedTest
    @CsvSource({
        "gpt-4o, high, 1024, 1024, 765",
        "gpt-4o, auto, 1024, 1024, 765",
        "gpt-4o, high, 2048, 4096, 1105",
        "gpt-4o, low, 4096, 8192, 85",
        "gpt-4o, high, 128, 64, 255",
        "gpt-4.1, high, 1024, 1024, 765",
        "gpt-4o-mini, high, 128, 64, 8500",
        "gpt-4o-mini, low, 1024, 1024, 2833",
        "gpt-5, high, 1024, 1024, 630",
        "o1, high, 1024, 1024, 675",
        "gpt-4.1-mini, high, 1024, 1024, 1659",
        "o4-mini, high, 1800, 2400, 2498",
        "gpt-5-nano, low, 128, 64, 20",
        "llama-3.2-vision, high, 1024, 1024, 765",
        "gpt-4.1-mini, high, 60000, 10, 2489"
    })
    void openAiCountsTilesOrPatches(String model, String detail, int width, int height, int tokens) {
        assertThat(ImageTokens.ofOpenAi(model, detail, new ImageSize(width, height)))
                .isEqualTo(tokens);
    }

    // https://ai.google.dev/gemini-api/docs/image-understanding#token-calculation: 960 x 540 has six tiles.
    @ParameterizedTest
    @CsvSource({
        "384, 384, 258",
        "100, 20, 258",
        "960, 540, 1548",
        "1024, 1024, 1032",
        "385, 10, 516",
        "4000, 3000, 6192"
    })
    void geminiCountsTiles(int width, int height, int tokens) {
        assertThat(ImageTokens.ofGemini(new ImageSize(width, height))).isEqualTo(tokens);
    }
}
