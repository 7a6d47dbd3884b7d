package io.bookstore.api.summary;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * The marks of a good summary, from {@code bookstore.quality}.
 *
 * @param minChars length below which a summary fails the check, in characters; at least 0
 * @param maxChars length above which a summary fails the check, in characters; at least {@code min-chars}
 * @param language language of a good summary: {@code de}, {@code en}, {@code es}, {@code fr} or {@code it}
 * @param forbiddenFile file with phrases that must not occur, one a line; those in the jar if empty
 */
@ConfigurationProperties("bookstore.quality")
record QualityConfig(
        @Bindable(defaultValue = "40") int minChars,
        @Bindable(defaultValue = "1200") int maxChars,
        @Bindable(defaultValue = "en") String language,
        @Bindable(defaultValue = "") String forbiddenFile) {

    QualityConfig {
        if (minChars < 0) {
            throw new IllegalArgumentException("bookstore.quality.min-chars must be >= 0, was " + minChars);
        }
        if (maxChars < minChars) {
            throw new IllegalArgumentException(
                    "bookstore.quality.max-chars must not be less than min-chars, was " + maxChars);
        }
        if (!Language.known().contains(language)) {
            throw new IllegalArgumentException(
                    "bookstore.quality.language must be one of " + Language.known() + ", was " + language);
        }
    }
}
