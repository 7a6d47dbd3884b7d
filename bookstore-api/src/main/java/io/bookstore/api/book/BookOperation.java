package io.bookstore.api.book;

import io.bookstore.api.http.body.DraftReader;
import io.bookstore.api.http.precondition.ConditionalRead;
import io.bookstore.api.http.problem.ProblemAnswers;
import io.micronaut.http.MediaType;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * The operations on books, for the description of the API: each with its body and its answers.
 *
 * <p>A success other than 200 stands at the method: only there its generator sees it, and adds no 200 of its own.
 */
interface BookOperation {

    /** A page of books. */
    @ApiResponse(
            responseCode = "200",
            description = "The books of the page",
            content = @Content(schema = @Schema(implementation = BookPage.class)))
    @ProblemAnswers.OfJson
    @Retention(RetentionPolicy.RUNTIME)
    @interface Listing {}

    /** A read of a book. */
    @ProblemAnswers.OfResource
    @ApiResponse(
            responseCode = "200",
            description = "The book",
            content = @Content(schema = @Schema(implementation = Book.class)))
    @ApiResponse(responseCode = "304", description = "The client knows this version")
    @ConditionalRead
    @ProblemAnswers.OfJson
    @Retention(RetentionPolicy.RUNTIME)
    @interface Reading {}

    /** A new book. */
    @ProblemAnswers.OfBody
    @ProblemAnswers.OfCreation
    @DraftBody
    @ProblemAnswers.OfJson
    @Retention(RetentionPolicy.RUNTIME)
    @interface Creation {}

    /** Many new books. */
    @ProblemAnswers.OfBody
    @ProblemAnswers.OfCreation
    @ApiResponse(
            responseCode = "200",
            description = "The outcome of each item",
            content = @Content(schema = @Schema(implementation = DescribedBooks.class)))
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            array =
                                    @ArraySchema(
                                            schema = @Schema(implementation = BookDraft.class),
                                            minItems = 1,
                                            maxItems = DraftReader.MAX_ITEMS)))
    @ProblemAnswers.OfJson
    @Retention(RetentionPolicy.RUNTIME)
    @interface BulkCreation {}

    /** Another book in the place of one. */
    @Written
    @DraftBody
    @ProblemAnswers.OfJson
    @Retention(RetentionPolicy.RUNTIME)
    @interface Replacement {}

    /** Some changes to a book. */
    @Written
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = BookController.MERGE_PATCH, schema = @Schema(type = "object")),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object"))
            })
    @ProblemAnswers.OfJson
    @Retention(RetentionPolicy.RUNTIME)
    @interface Patching {}

    /** The end of a book. */
    @ProblemAnswers.OfResource
    @ProblemAnswers.OfWrite
    @Retention(RetentionPolicy.RUNTIME)
    @interface Deletion {}

    /** The body of a write: a book, whole. */
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = BookDraft.class)))
    @Retention(RetentionPolicy.RUNTIME)
    @interface DraftBody {}

    /** The answers to a write that leaves a book. */
    @ApiResponse(
            responseCode = "200",
            description = "The book as it is now",
            content = @Content(schema = @Schema(implementation = Book.class)))
    @ProblemAnswers.OfResource
    @ProblemAnswers.OfBody
    @ProblemAnswers.OfWrite
    @Retention(RetentionPolicy.RUNTIME)
    @interface Written {}
}
