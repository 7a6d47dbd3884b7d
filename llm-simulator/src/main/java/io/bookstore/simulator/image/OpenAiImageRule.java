package io.bookstore.simulator.image;

import java.util.List;

/**
 * The rule by which OpenAI's models count a picture: https://platform.openai.com/docs/guides/images-vision#calculating-costs.
 *
 * @param prefix     of the names of its models
 * @param base       tokens of a picture of low detail, and of any other besides its tiles; 0 if the rule counts patches
 * @param tile       tokens of a tile of 512 pixels
 * @param multiplier of patches of 32 pixels
 */
record OpenAiImageRule(String prefix, int base, int tile, double multiplier) {

    private static final int TILE_SIDE = 512;
    private static final int MOST_SIDE = 2_048;
    private static final int SHORT_SIDE = 768;
    private static final int PATCH_SIDE = 32;
    private static final int MOST_PATCHES = 1_536;

    // The longer prefix comes first.
    private static final List<OpenAiImageRule> rules = List.of(
            patches("gpt-5-mini", 1.62),
            patches("gpt-5-nano", 2.46),
            patches("gpt-4.1-mini", 1.62),
            patches("gpt-4.1-nano", 2.46),
            patches("o4-mini", 1.72),
            tiles("gpt-4o-mini", 2_833, 5_667),
            tiles("gpt-5", 70, 140),
            tiles("o1", 75, 150),
            tiles("o3", 75, 150),
            // gpt-4o, gpt-4.1 and gpt-4.5; an assumption of any model that is not OpenAI's.
            tiles("", 85, 170));

    private static OpenAiImageRule patches(String prefix, double multiplier) {
        return new OpenAiImageRule(prefix, 0, 0, multiplier);
    }

    private static OpenAiImageRule tiles(String prefix, int base, int tile) {
        return new OpenAiImageRule(prefix, base, tile, 0);
    }

    static OpenAiImageRule of(String model) {
        return rules.stream()
                .filter(rule -> model.startsWith(rule.prefix()))
                .findFirst()
                .orElseThrow();
    }

    int tokens(String detail, ImageSize size) {
        if (base == 0) {
            return (int) Math.ceil(patches(size) * multiplier);
        }
        return detail.equals("low") ? base : base + tile * tiles(size);
    }

    /** A picture is made smaller, never larger: first to fit into a square, then by its shorter side. */
    private static int tiles(ImageSize size) {
        double longer = Math.max(size.width(), size.height());
        double shorter = Math.min(size.width(), size.height());
        double scale = Math.min(1, MOST_SIDE / longer);
        scale = Math.min(scale, SHORT_SIDE / shorter);
        return ImageTokens.parts(size.width() * scale, TILE_SIDE) * ImageTokens.parts(size.height() * scale, TILE_SIDE);
    }

    /** A picture of too many patches is made smaller until they are few enough and whole along one side. */
    private static int patches(ImageSize size) {
        int patches = ImageTokens.parts(size.width(), PATCH_SIDE) * ImageTokens.parts(size.height(), PATCH_SIDE);
        if (patches <= MOST_PATCHES) {
            return patches;
        }
        double scale = Math.sqrt((double) MOST_PATCHES / size.width() / size.height()) * PATCH_SIDE;
        double across = size.width() * scale / PATCH_SIDE;
        double down = size.height() * scale / PATCH_SIDE;
        double whole = Math.min(Math.max(1, Math.floor(across)) / across, Math.max(1, Math.floor(down)) / down);
        return Math.min(MOST_PATCHES, ImageTokens.parts(across * whole, 1) * ImageTokens.parts(down * whole, 1));
    }
}
