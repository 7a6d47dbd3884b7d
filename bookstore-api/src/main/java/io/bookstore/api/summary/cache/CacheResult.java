package io.bookstore.api.summary.cache;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** The source of a summary: the cache, the provider, or another request. */
@Schema(
        type = "string",
        allowableValues = {"hit", "miss", "coalesced", "bypass"})
public enum CacheResult {
    /** The cache had it. */
    HIT,
    /** The cache did not have it, so the provider was asked. */
    MISS,
    /** Another request was already asking; this one waited for its answer. */
    COALESCED,
    /** The client asked for a new one, or the cache is off, so the provider was asked. */
    BYPASS;

    /** Returns whether this request is the one that asked the provider. */
    public boolean asked() {
        return this == MISS || this == BYPASS;
    }

    /** The value in answers and in the label {@code result}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
