package io.bookstore.api.author;

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
 * The operations on authors, for the description of the API: each with its body and its answers.
 *
 * <p>A success other than 200 stands at the method: only there its generator sees it, and adds no 200 of its own.
 */
interface AuthorOperation {

    /** A page of authors. */
    @ApiResponse(
            responseCode = "200",
            description = "The authors of the page",
            content = @Content(schema = @Schema(implementation = AuthorPage.class)))
    @ProblemAnswers.OfJson
    @Retention(RetentionPolicy.RUNTIME)
    @interface Listing {}

    /** A read of an author. */
    @ProblemAnswers.OfResource
    @ApiResponse(
            responseCode = "200",
            description = "The author",
            content = @Content(schema = @Schema(implementation = Author.class)))
    @ApiResponse(responseCode = "304", description = "The client knows this version")
    @ConditionalRead
    @ProblemAnswers.OfJson
    @Retention(RetentionPolicy.RUNTIME)
    @interface Reading {}

    /** A new author. */
    @ProblemAnswers.OfBody
    @ProblemAnswers.OfCreation
    @DraftBody
    @ProblemAnswers.OfJson
    @Retention(RetentionPolicy.RUNTIME)
    @interface Creation {}

    /** Many new authors. */
    @ProblemAnswers.OfBody
    @ProblemAnswers.OfCreation
    @ApiResponse(
            responseCode = "200",
            description = "The outcome of each item",
            content = @Content(schema = @Schema(implementation = DescribedAuthors.class)))
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            array =
                                    @ArraySchema(
                                            schema = @Schema(implementation = AuthorDraft.class),
                                            minItems = 1,
                                            maxItems = DraftReader.MAX_ITEMS)))
    @ProblemAnswers.OfJson
    @Retention(RetentionPolicy.RUNTIME)
    @interface BulkCreation {}

    /** Another author in the place of one. */
    @ApiResponse(
            responseCode = "200",
            description = "The author as it is now",
            content = @Content(schema = @Schema(implementation = Author.class)))
    @ProblemAnswers.OfResource
    @ProblemAnswers.OfBody
    @ProblemAnswers.OfWrite
    @DraftBody
    @ProblemAnswers.OfJson
    @Retention(RetentionPolicy.RUNTIME)
    @interface Replacement {}

    /** The end of an author. */
    @ProblemAnswers.OfResource
    @ProblemAnswers.OfWrite
    @Retention(RetentionPolicy.RUNTIME)
    @interface Deletion {}

    /** The body of a write: an author, whole. */
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AuthorDraft.class)))
    @Retention(RetentionPolicy.RUNTIME)
    @interface DraftBody {}
}
