package io.bookstore.api.http.body;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bookstore.api.http.problem.Problem.FieldError;
import io.micronaut.core.annotation.Introspected;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of each item of a list.
 *
 * @param created the number of items stored
 * @param rejected the number of items not stored
 */
@Introspected
public record BulkResult<E>(int created, int rejected, List<Item<E>> results) {

    /**
     * An item.
     *
     * @param index its place in the list, from 0
     * @param status 201 or 400, as if it had been sent alone
     * @param created null if it was rejected
     * @param errors the reasons why it was rejected; absent if it was not
     */
    @Introspected
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Item<E>(
            int index,
            int status,
            @Nullable E created,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            List<FieldError> errors) {}
}
