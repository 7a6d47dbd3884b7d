package io.bookstore.api.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Introspected;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/**
 * An answer about the state of the service.
 *
 * @param details per part: its status and what it is; empty if none were asked for
 */
@Introspected
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Health(
        Status status,

        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                type = "object",
                additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
        Map<String, Map<String, Object>> details) {

    enum Status {
        UP,
        DOWN
    }
}
