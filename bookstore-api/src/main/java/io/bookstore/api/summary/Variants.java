package io.bookstore.api.summary;

import io.bookstore.api.http.problem.ProblemException;
import io.bookstore.api.llm.LlmProviders;
import io.bookstore.api.llm.call.LlmConfig;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the arm of the experiment for a book: the one that was asked for, else by weight and always the same one for
 * the same book, so that a reader does not see two texts and a cache is not halved.
 */
@Singleton
final class Variants {

    private final List<VariantConfig> configs;
    private final List<Variant> variants;
    private final Variant plain;
    private final int totalWeight;

    Variants(List<VariantConfig> configs, LlmConfig llm, LlmProviders providers) {
        this.configs = configs.stream()
                .sorted(Comparator.comparing(VariantConfig::name))
                .toList();
        this.variants = this.configs.stream()
                .map(config -> new Variant(
                        config.name(),
                        config.providerAmong(providers),
                        config.model(),
                        Prompt.load(config.prompt()),
                        config.parameters(llm.parameters())))
                .toList();
        this.variants.forEach(variant -> {
            if (variant.provider() != null && !variant.model().isEmpty()) {
                providers.warnIfUnguarded(variant.provider(), variant.model());
            }
        });
        this.totalWeight = configs.stream().mapToInt(VariantConfig::weight).sum();
        this.plain = new Variant(Variant.NONE, null, "", Prompt.load(VariantConfig.DEFAULT_PROMPT), llm.parameters());
    }

    /**
     * @param requested the name the client asked for; null if it leaves the choice to us
     * @throws ProblemException if there is no variant of that name
     */
    Variant choose(@Nullable String requested, String bookId) {
        if (requested != null && variants.isEmpty()) {
            throw ProblemException.invalidParameter(
                    "variant", "must be absent, for no variants are configured (bookstore.variants)");
        }
        if (requested != null) {
            return variants.stream()
                    .filter(variant -> variant.name().equals(requested))
                    .findFirst()
                    .orElseThrow(() -> ProblemException.invalidParameter("variant", "must be one of " + names()));
        }
        return totalWeight == 0 ? plain : byWeight(bookId);
    }

    private Variant byWeight(String bookId) {
        CRC32 hash = new CRC32();
        hash.update(bookId.getBytes(StandardCharsets.UTF_8));
        long point = hash.getValue() % totalWeight;
        for (int i = 0; i < configs.size(); i++) {
            point -= configs.get(i).weight();
            if (point < 0) {
                return variants.get(i);
            }
        }
        throw new IllegalStateException("The weights do not add up to " + totalWeight);
    }

    private List<String> names() {
        return variants.stream().map(Variant::name).toList();
    }
}
