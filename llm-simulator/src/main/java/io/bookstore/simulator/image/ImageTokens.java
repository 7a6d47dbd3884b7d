package io.bookstore.simulator.image;

/** The input tokens of one picture, by the formula that each provider publishes. */
public final class ImageTokens {

    private static final int ANTHROPIC_LONG_EDGE = 1_568;
    private static final int ANTHROPIC_PIXELS_PER_TOKEN = 750;
    private static final int ANTHROPIC_MOST = 1_600;

    private static final int GEMINI_TILE = 258;
    private static final int GEMINI_SMALL = 384;
    private static final int GEMINI_LEAST_UNIT = 256;
    private static final int GEMINI_MOST_UNIT = 768;

    // A picture of 336 x 336 pixels in patches of 14, as LLaVA 1.5 reads it; other models differ, and Ollama does not
    // say.
    private static final int OLLAMA = 576; // assumption

    private ImageTokens() {}

    /**
     * Width times height by 750, after the long edge has been scaled down to 1,568 pixels, and 1,600 at most:
     * https://docs.claude.com/en/docs/build-with-claude/vision#calculate-image-costs. Amazon Bedrock counts Claude's likewise.
     */
    public static int ofAnthropic(ImageSize size) {
        double scale = Math.min(1, (double) ANTHROPIC_LONG_EDGE / Math.max(size.width(), size.height()));
        double tokens = size.width() * scale * size.height() * scale / ANTHROPIC_PIXELS_PER_TOKEN;
        return (int) Math.min(ANTHROPIC_MOST, Math.ceil(tokens));
    }

    /**
     * Tiles or patches, by the model: https://platform.openai.com/docs/guides/images-vision#calculating-costs.
     *
     * @param detail {@code low}; anything else counts as {@code high}, which is an assumption of {@code auto}
     */
    public static int ofOpenAi(String model, String detail, ImageSize size) {
        return OpenAiImageRule.of(model).tokens(detail, size);
    }

    /**
     * 258 for a picture of 384 pixels a side and for each tile of a larger one; the side of a tile is the shorter side by 1.5
     * (https://ai.google.dev/gemini-api/docs/image-understanding#token-calculation), and from 256 to 768 pixels
     * (https://cloud.google.com/vertex-ai/generative-ai/docs/multimodal/image-understanding).
     */
    public static int ofGemini(ImageSize size) {
        if (size.width() <= GEMINI_SMALL && size.height() <= GEMINI_SMALL) {
            return GEMINI_TILE;
        }
        int shorter = Math.min(size.width(), size.height());
        int unit = Math.max(GEMINI_LEAST_UNIT, Math.min(GEMINI_MOST_UNIT, (int) (shorter / 1.5)));
        return GEMINI_TILE * parts(size.width(), unit) * parts(size.height(), unit);
    }

    public static int ofOllama() {
        return OLLAMA;
    }

    /** The number of parts of that size that cover a length. */
    static int parts(double length, int size) {
        // A length that was scaled to a whole number of parts may be off by the last digit.
        return (int) Math.ceil(length / size - 1e-6);
    }
}
