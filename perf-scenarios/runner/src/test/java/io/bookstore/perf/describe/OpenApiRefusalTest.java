package io.bookstore.perf.describe;

import static io.bookstore.perf.describe.OpenApiDrafts.HELPDESK;
import static io.bookstore.perf.describe.OpenApiDrafts.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.perf.PerfException;
import java.nio.file.Path;
import org.assertj.core.api.AbstractStringAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents of which no descriptor comes: each refusal is a sentence with the remedy. */
class OpenApiRefusalTest {

    @TempDir
    private Path folder;

    @Test
    void operationsThatRankAlikeAreListedAndNoneIsTaken() {
        String rivals =
                HELPDESK.replace("/api/chat/stream", "/api/ask").replace("text/event-stream", "application/json");
        String alike = rivals.replace(
                "\"schema\": {\"type\": \"string\"}}}}}}}",
                "\"schema\":" + " {\"$ref\": \"#/components/schemas/Answer\"}}}}}}}");

        assertThatThrownBy(() -> draft(file(), alike, null, null))
                .hasMessage("Several operations of %s may ask a model: choose one with --operation.%n".formatted(file())
                        + "  \"POST /api/chat\": its path says \"chat\", its id says \"chat\", its answer has a text,"
                        + " its answer tells tokens, its body has a prompt\n"
                        + "  \"POST /api/ask\": its path says \"ask\", its id says \"chat\", its answer has a text,"
                        + " its answer tells tokens, its body has a prompt")
                .satisfies(failure ->
                        assertThat(((PerfException) failure).exitCode().value()).isEqualTo(64));
        assertThat(draft(file(), alike, null, "POST /api/ask")
                        .descriptor()
                        .summary()
                        .path())
                .isEqualTo("/api/ask");
        assertThat(draft(file(), alike, null, "list_tickets")
                        .descriptor()
                        .summary()
                        .method())
                .isEqualTo("GET");
    }

    @Test
    void documentWithoutALikelyOperationAndUnknownNamesListWhatThereIs() {
        String tickets = """
                openapi: 3.0.0
                paths:
                  /tickets: { get: { operationId: listTickets, responses: {} }, post: { responses: {} } }
                """;

        refused(tickets, null)
                .isEqualTo(
                        "%s has no operation that seems to ask a model: name it with --operation, one of GET /tickets,"
                                + " POST /tickets.",
                        file());
        refused(tickets, "listTicket")
                .isEqualTo("%s has no operation \"listTicket\": did you mean \"listTickets\"?.", file());
        refused(tickets, "DELETE /books")
                .isEqualTo("%s has no operation \"DELETE /books\": it has GET /tickets, POST /tickets.", file());
    }

    @Test
    void whatCannotBeReadOfTheChosenOperationIsOneSentence() {
        refused(HELPDESK.replace("\"#/components/schemas/Question\"", "\"#/components/schemas/Gone\""), null)
                .isEqualTo("%s refers to #/components/schemas/Gone, which is not there.", file());
        refused(HELPDESK.replace("\"#/components/schemas/Question\"", "\"more.yaml#/Question\""), null)
                .isEqualTo(
                        "%s refers to more.yaml#/Question, outside itself: bundle it into one file first, such as with"
                                + " \"redocly bundle\".",
                        file());
        refused(
                        HELPDESK.replace(
                                "\"Question\": {",
                                "\"Question\": {\"$ref\": \"#/components/schemas/Question\"}, \"Old\": {"),
                        null)
                .isEqualTo("%s has a reference that leads back to itself: #/components/schemas/Question.", file());
        refused(HELPDESK.replace("http://localhost:8080/", "/v1/"), null)
                .isEqualTo(
                        "%s gives the service the address \"/v1/\", without a host: give the whole one with --base-url, such"
                                + " as http://localhost:8080/v1.",
                        file());
        refused(
                        HELPDESK.replaceFirst("(api/chat\".*?)application/json", "$1multipart/form-data")
                                .replaceFirst(
                                        "(?s)(\"requestBody\": \\{\"content\": \\{\")application/json",
                                        "$1multipart/form-data"),
                        null)
                .isEqualTo("%s has POST /api/chat take multipart/form-data only, which no descriptor sends.", file());
    }

    private AbstractStringAssert<?> refused(String document, @Nullable String operation) {
        try {
            draft(file(), document, null, operation);
            return assertThat("no refusal");
        } catch (PerfException refusal) {
            return assertThat(refusal.getMessage());
        }
    }

    private Path file() {
        return folder.resolve("openapi.yaml");
    }
}
