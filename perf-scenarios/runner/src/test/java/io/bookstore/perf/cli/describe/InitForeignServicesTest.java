package io.bookstore.perf.cli.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.testing.NotesService;
import io.bookstore.perf.testing.SupportService;
import io.bookstore.perf.testing.TenantGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code llm-perf init --try} against the streams of foreign services. */
class InitForeignServicesTest {

    @TempDir
    private Path folder;

    @Test
    void pythonServiceIsReadByTheNamesOfItsEvents() throws Exception {
        try (SupportService support = SupportService.with()) {
            String document = TriedDraft.document("/v1/chat/stream", "text/event-stream", "", "question")
                    .replace("\"paths\"", """
                            "security": [{"key": []}], "components": {"securitySchemes": {"key":
                             {"type": "apiKey", "in": "header", "name": "X-Api-Key"}}}, "paths\"""");

            String written = written(document, support.baseUrl(), Map.of("HELPDESK_API_KEY", "team-a"));

            assertThat(written)
                    .contains(
                            "      format: sse\n      text: text\n      only:\n        event: token\n      end: done\n")
                    .contains("  inputTokens: token_usage.prompt_tokens\n", "  finishReason: finish_reason\n");
        }
    }

    @Test
    void nodeServiceIsReadByItsLines() throws Exception {
        try (NotesService notes = NotesService.startOrSkip(folder)) {
            String document = TriedDraft.document("/ask/stream", "application/json", "", "question")
                    .replace("\"200\"", "\"201\"");

            String written = written(document, notes.baseUrl(), Map.of());

            assertThat(written).contains("""
                          format: ndjson
                          text: delta
                          only:
                            type: answer
                          end:
                            type: end
                    """);
        }
    }

    @Test
    void gatewayOfTenantsIsReadAsBareText() throws Exception {
        try (TenantGateway gateway = TenantGateway.sendingSpansTo(9)) {
            String document = TriedDraft.document("/tenants/acme/completions", "text/event-stream", """
                            "parameters": [{"in": "header", "name": "X-Tenant", "required": true, "example": "acme"}],
                            """, "prompt")
                    .replace("\"required\": [\"prompt\"]", "\"required\": [\"prompt\", \"stream\"]")
                    .replace(
                            "\"properties\": {\"prompt\"",
                            "\"properties\": {\"stream\": {\"type\": \"boolean\"}, \"prompt\"")
                    .replace("\"paths\"", """
                            "security": [{"b": []}], "components": {"securitySchemes": {"b":
                             {"type": "http", "scheme": "bearer"}}}, "paths\"""");

            String written = written(document, gateway.baseUrl(), Map.of("HELPDESK_TOKEN", token(gateway.baseUrl())));

            assertThat(written).contains("""
                          format: sse-text
                          only:
                            event: message
                          end:
                            event: end
                          answer:
                            inputTokens: tokens.in
                            outputTokens: tokens.out
                    """);
        }
    }

    private String written(String document, URI service, Map<String, String> environment) throws Exception {
        return TriedDraft.of(document, service, environment, folder)
                .proven(folder)
                .written();
    }

    private static String token(URI gateway) throws IOException, InterruptedException {
        String client = Base64.getEncoder()
                .encodeToString(("load-test:" + TenantGateway.SECRET).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/oauth2/token"))
                .header("Authorization", "Basic " + client)
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        return answer.replaceFirst(".*\"access_token\":\"([^\"]+)\".*", "$1");
    }
}
