package io.bookstore.api.summary.cache;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** Where a summary came from. */
@Schema(
        type = "string",
        allowableValues = {"hit", "miss", "coalesced", "bypass"})
public enum CacheResult {
    /** It was known. */
    HIT,
    /** The provider was asked. */
    MISS,
    /** Another request was already asking; this one waited for its answer. */
    COALESCED,
    /** The client wanted a new one. */
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
