package io.bookstore.api.author;

import io.bookstore.api.http.body.BulkResult;
import io.bookstore.api.http.problem.Problem.FieldError;
import io.micronaut.core.annotation.Introspected;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BulkResult} of authors, for the description of the API alone: its generator does not see what a generic type holds.
 *
 * @param created the number of items stored
 * @param rejected the number of items not stored
 */
@Introspected
@Schema(name = "AuthorBulkResult", description = "The outcome of each item of a list.")
record DescribedAuthors(int created, int rejected, List<Item> results) {

    /**
     * An item of the list.
     *
     * @param index its place in the list, from 0
     * @param status 201 or 400, as if it had been sent alone
     * @param created absent if it was rejected
     * @param errors the reasons why it was rejected; absent if it was not
     */
    @Introspected
    @Schema(name = "AuthorBulkItem", description = "One item.")
    record Item(
            int index,
            int status,
            @Nullable Author created,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            List<FieldError> errors) {}
}
