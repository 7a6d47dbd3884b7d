package io.bookstore.api.summary;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * What a good summary is like, from {@code bookstore.quality}.
 *
 * @param minChars the shortest one
 * @param maxChars the longest one
 * @param language its language, one of {@link Language#known()}
 * @param forbiddenFile phrases it must not contain, one a line; empty for those that come with the service
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
