package io.bookstore.perf.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.perf.PerfException;
import io.bookstore.perf.testing.HelpdeskService;
import io.bookstore.testing.ClosedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A document that cannot be used is refused in one sentence. */
class OpenApiDocumentTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a": 1}                                 | is no OpenAPI document: it has no key "openapi".
            just a text                              | is no OpenAPI document: it has no key "openapi".
            ''                                       | is no OpenAPI document: it has no key "openapi".
            swagger: "2.0"                           | is Swagger 2.0: convert it to OpenAPI 3 first, such as with swagger2openapi.
            openapi: 4.0.0                           | is OpenAPI 4.0.0; 3.0 and 3.1 can be read.
            openapi: 3.1.0                           | describes no operations.
            <!DOCTYPE html><html>                    | is HTML or XML, and no OpenAPI document: give the address of the JSON or YAML.
            {"openapi": "3.1.0",                     | is no JSON: Unexpected end-of-input
            openapi: [                               | is no YAML: expected the node content, but found '<stream end>', line 1.
            {"a": &a [*a]}                           | is no JSON: Unexpected character
            'a: &a [*a]'                             | is no YAML: an alias contains itself.
            """)
    void fileThatIsNoDocumentSaysWhatItIs(String text, String sentence) throws IOException {
        Path file = Files.writeString(folder.resolve("api.yaml"), text);

        refused(file.toString(), 64).hasMessageStartingWith(file + " " + sentence);
    }

    @Test
    void fileThatIsNotThereIsNamed() {
        refused("/no/such.json", 66)
                .hasMessage("There is no file /no/such.json: --openapi wants a file or an http address.");
        refused("http://[", 64).hasMessage("--openapi must be a file or an http address, was \"http://[\".");
    }

    @Test
    void addressWithoutADocumentIsNamed() {
        try (ClosedPort nobody = new ClosedPort();
                HelpdeskService helpdesk = HelpdeskService.start()) {
            refused(nobody.url() + "/openapi.json", 69)
                    .hasMessage("Nothing answers at " + nobody.url()
                            + "/openapi.json: start the service, or give its document as a file.");
            refused(helpdesk.baseUrl() + "/docs.json", 69)
                    .hasMessageStartingWith(helpdesk.baseUrl() + "/docs.json answers 404: name its OpenAPI document");
            refused(helpdesk.baseUrl() + "/login", 64).hasMessageContaining("/login is HTML or XML");
        }
    }

    /** In YAML 1.1 a status is a number, {@code on} a boolean and a date no text. */
    @Test
    void yamlIsReadAsItsVersion12() throws Exception {
        Path file = Files.writeString(folder.resolve("api.yaml"), """
                openapi: 3.0.3
                info: { title: 2024-01-01 }
                paths:
                  /chat:
                    get: { responses: { 200: { description: on, on: 08 } } }
                """);

        OpenApiDocument document = OpenApiDocument.read(file.toString());

        assertThat(document.title()).isEqualTo("2024-01-01");
        assertThat(document.at("paths", "/chat", "get", "responses", "200").toString())
                .isEqualTo("{\"description\":\"on\",\"on\":8.0}");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(String place, int exitCode) {
        return assertThatThrownBy(() -> OpenApiDocument.read(place))
                .isInstanceOfSatisfying(PerfException.class, failure -> {
                    assertThat(failure.exitCode().value()).isEqualTo(exitCode);
                    assertThat(failure.getMessage()).endsWith(".").doesNotContain("\n");
                });
    }
}
