package io.bookstore.api.http.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Introspected;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of every error answer, a problem document of RFC 9457.
 *
 * @param detail the fault in this request, safe to show to anyone; null if the title says it all
 * @param instance the path of the request
 * @param traceId the trace in which to look for more; null if the request was not traced
 * @param errors the broken rules, one per field; empty if the problem is not about fields
 * @param retryAfterSeconds the wait before another try; null if trying again does not help
 */
@Introspected
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        @Nullable String detail,
        String instance,
        @Nullable String traceId,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        List<FieldError> errors,

        @Nullable Long retryAfterSeconds) {

    public Problem {
        errors = List.copyOf(errors);
    }

    /**
     * A broken rule.
     *
     * @param field the field or parameter, such as {@code isbn} or {@code pageSize}
     * @param rule the rule that its value broke
     */
    @Introspected
    public record FieldError(String field, String rule) {}
}
