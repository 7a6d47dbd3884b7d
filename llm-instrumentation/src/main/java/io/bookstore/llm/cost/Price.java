package io.bookstore.llm.cost;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of the price list.
 *
 * @param provider         the convention's provider name; its rows hold for those who resell its models, too: see
 *                         {@link PriceList}
 * @param model            a model id; a {@code *} at its end stands for a date or a version or nothing, since a longer name is
 *                         another model ({@code gpt-4o-mini}, {@code gpt-5.5-pro}); {@code *} alone stands for any model
 * @param rates            dollars per million tokens
 * @param fromPromptTokens the row holds for requests with at least so many input tokens, for all of their tokens
 * @param validFrom        the first day on which the row holds; null for always
 * @param regionalFactor   what a call costs more when it may not leave a region, such as 1.10; 1 for no difference
 * @param batchFactor      the share of these prices that a call of a batch costs, such as 0.5; null if nobody tells
 * @param checked          when somebody looked
 * @param source           where
 */
public record Price(
        String provider,
        String model,
        Rates rates,
        long fromPromptTokens,
        @Nullable LocalDate validFrom,
        BigDecimal regionalFactor,
        @Nullable BigDecimal batchFactor,
        LocalDate checked,
        String source) {

    // Inference profiles of Amazon Bedrock:
    // https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles.html
    static final Pattern INFERENCE_PROFILE = Pattern.compile("^(global|us|us-gov|eu|apac|jp|au|ca)\\.");
    // What vendors append to a model's name without changing its price: 20250929, 2024-07-18, 001, v1:0, latest,
    // preview-09-2025.
    private static final Pattern VERSION = Pattern.compile(
            "([-@:](latest|preview|exp|\\d{3,8}|\\d{4}-\\d{2}-\\d{2}|\\d{2}-(\\d{2}|\\d{4})|v\\d+(:\\d+)?))*");
    private static final String ANY = "*";
    private static final String EVERYWHERE = "global.";

    public Price {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(rates, "rates");
        Objects.requireNonNull(checked, "checked");
        Objects.requireNonNull(source, "source");
        if (provider.isBlank() || model.isBlank() || source.isBlank()) {
            throw new IllegalArgumentException("a price must name its provider, model and source, was \"" + provider
                    + "\", \"" + model + "\", \"" + source + "\"");
        }
        if (fromPromptTokens < 0) {
            throw new IllegalArgumentException("from prompt tokens must be >= 0, was " + fromPromptTokens);
        }
        if (regionalFactor.signum() <= 0) {
            throw new IllegalArgumentException("regional factor must be > 0, was " + regionalFactor);
        }
        if (batchFactor != null && batchFactor.signum() <= 0) {
            throw new IllegalArgumentException("batch factor must be > 0, was " + batchFactor);
        }
    }

    boolean isFor(String askedProvider, String askedModel) {
        return provider.equals(askedProvider) && (names(askedModel) || names(withoutProfile(askedModel)));
    }

    private boolean names(String asked) {
        if (!model.endsWith(ANY)) {
            return model.equals(asked);
        }
        String name = withoutVersion();
        return asked.startsWith(name)
                && (name.isEmpty()
                        || VERSION.matcher(asked.substring(name.length())).matches());
    }

    /** This row for whoever resells the model for so much more outside global profiles. */
    Price resold(BigDecimal factor) {
        return factor.equals(BigDecimal.ONE)
                ? this
                : new Price(
                        provider,
                        model,
                        rates,
                        fromPromptTokens,
                        validFrom,
                        regionalFactor.multiply(factor),
                        batchFactor,
                        checked,
                        source);
    }

    /** The model's name without what stands for its versions; empty for any model. */
    String withoutVersion() {
        return model.endsWith(ANY) ? model.substring(0, model.length() - ANY.length()) : model;
    }

    boolean holdsAt(LocalDate day) {
        return validFrom == null || !day.isBefore(validFrom);
    }

    /** The factor for a model as it was asked for: what may run anywhere is not regional. */
    public BigDecimal factorFor(String askedModel) {
        boolean regional = !regionalFactor.equals(BigDecimal.ONE)
                && !ModelName.withoutPath(askedModel).startsWith(EVERYWHERE);
        return regional ? regionalFactor : BigDecimal.ONE;
    }

    private String withoutProfile(String askedModel) {
        return provider.equals(ModelName.BEDROCK)
                ? INFERENCE_PROFILE.matcher(askedModel).replaceFirst("")
                : askedModel;
    }
}
