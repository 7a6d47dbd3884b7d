package io.bookstore.api.llm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.core.annotation.Introspected;
import org.jspecify.annotations.Nullable;

/**
 * The state of a provider.
 *
 * @param reason the reason why it is not available; absent if it is
 */
@Introspected
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProviderStatus(
        String name,
        boolean available,
        @Nullable String reason,
        String model,
        boolean simulated,
        @JsonProperty("default") boolean isDefault) {}
