package io.bookstore.api.summary;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a summary, as the client sent them.
 *
 * @param bookId the book
 * @param provider null for the one the variant or the configuration names
 * @param model null for the one the variant or the provider names
 * @param variant null for that of the header
 * @param refresh true to ask the provider even if a summary is known
 * @param variantHeader null for the variant the book belongs to
 * @param requestId names the call towards the provider; null for the trace id
 */
@Introspected
record SummaryParameters(
        @PathVariable String bookId,
        @Nullable @QueryValue String provider,
        @Nullable @QueryValue String model,
        @Nullable @QueryValue String variant,

        @Parameter(
                required = false,
                schema =
                        @Schema(
                                allowableValues = {"true", "false"},
                                defaultValue = "false"))
        @QueryValue(defaultValue = "false")
        String refresh,

        @Nullable @Header("X-Variant") String variantHeader,
        @Nullable @Header("X-Request-Id") String requestId) {}
