package io.bookstore.api.demo;

import io.bookstore.api.http.problem.ProblemAnswers;
import io.bookstore.api.security.Role;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Fills an empty store; calling it again changes nothing. */
@Tag(name = "Sample data")
@ProblemAnswers
@ProblemAnswers.OfJson
@ProblemAnswers.OfGuard
@ProblemAnswers.OfDatabase
@Secured(Role.MANAGES)
@Controller("/seed-data")
@ExecuteOn(TaskExecutors.BLOCKING)
class SeedController {

    private final SampleData samples;

    SeedController(SampleData samples) {
        this.samples = samples;
    }

    /** Adds the sample books and authors that are missing. */
    @ApiResponse(
            responseCode = "200",
            description = "The numbers of books and authors that were missing and have been added",
            content = @Content(schema = @Schema(implementation = Seeded.class)))
    @Post
    Seeded seed() {
        int books = samples.addBooks();
        int authors = samples.addAuthors();
        return new Seeded("Added " + counted(books, "book") + " and " + counted(authors, "author"), books, authors);
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** The numbers of books and authors that were added; 0 if none was missing. */
    @Introspected
    record Seeded(String message, int booksAdded, int authorsAdded) {}
}
