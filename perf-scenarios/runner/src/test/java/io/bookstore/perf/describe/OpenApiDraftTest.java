package io.bookstore.perf.describe;

import static io.bookstore.perf.describe.OpenApiDrafts.HELPDESK;
import static io.bookstore.perf.describe.OpenApiDrafts.draft;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The descriptor that comes of documents as frameworks write them. */
class OpenApiDraftTest {

    @TempDir
    private Path folder;

    @Test
    void descriptorHasRequestSecretsStreamAndPathsOfTheAnswer() {
        assertThat(yaml(HELPDESK)).isEqualTo("""
                # Written by llm-perf init from POST /api/chat of Helpdesk API; docs/targets.md has every field.
                name: helpdesk
                baseUrl: "http://localhost:8080"
                timeout: "60s"
                # paid: false says that answers cost nothing; without it each run asks first.

                # Export HELPDESK_TOKEN before a run; no report shows it.
                headers:
                  Authorization: "Bearer ${HELPDESK_TOKEN}"

                health:
                  method: GET
                  path: /healthz

                items:
                  values:
                  - prompt: Summarise Moby-Dick in two sentences.
                  - prompt: Explain in two sentences how tides come about.
                  - prompt: Name three reasons why bread rises.

                # Made up, for the document has no examples: id. The document does not describe the events of the stream: correct text and end.
                operations:
                  summary:
                    method: POST
                    path: /api/chat
                    headers:
                      X-Tenant: acme
                      X-Request-Id: "{requestId}"
                    body:
                      question: "{prompt}"
                      model: gpt-4o-mini
                      thread:
                        id: "123e4567-e89b-12d3-a456-426614174000"
                  streamedSummary:
                    method: POST
                    path: /api/chat/stream
                    headers:
                      X-Request-Id: "{requestId}"
                    body:
                      question: "{prompt}"
                      model: gpt-4o-mini
                      thread:
                        id: "123e4567-e89b-12d3-a456-426614174000"
                    stream:
                      format: sse
                      text: text
                      end: "[DONE]"

                answer:
                  text: reply.text
                  inputTokens: meta.usage.in
                  outputTokens: meta.usage.out
                  model: meta.model
                  finishReason: meta.finish_reason
                """);
    }

    /** A document as OpenAI writes it: alternatives of messages, one operation for both kinds of answer, a switch in the body. */
    @Test
    void switchOfTheBodyAndTheMediaTypesMakeBothKindsOfSummary() {
        DescriptorDraft draft = draft(file(), """
                openapi: 3.0.0
                info: { title: 9 Gateways }
                servers: [{ url: "https://{region}.example.com/v1", variables: { region: { default: eu } } }]
                security: [{ key: [] }]
                paths:
                  /chat/completions:
                    post:
                      requestBody:
                        content:
                          application/json:
                            schema:
                              required: [model, messages]
                              properties:
                                model: { type: string, example: small }
                                messages:
                                  type: array
                                  items:
                                    oneOf:
                                      - properties: { role: { enum: [system] }, content: { type: string } }
                                      - properties: { role: { enum: [assistant, user] }, content: { type: string } }
                                stream: { type: boolean, nullable: true, default: false }
                      responses:
                        200:
                          content:
                            application/json:
                              schema:
                                properties:
                                  error: { properties: { message: { type: string } } }
                                  choices:
                                    type: array
                                    items:
                                      properties:
                                        finish_reason: { type: string }
                                        message: { properties: { refusal: { type: string }, content: { type: string } } }
                                  usage:
                                    properties:
                                      prompt_tokens: { type: integer }
                                      completion_tokens: { type: integer }
                                      prompt_tokens_details: { properties: { cached_tokens: { type: integer } } }
                            text/event-stream:
                              schema:
                                properties:
                                  choices: { type: array, items: { properties: { delta: { properties: { content: { type: string } } } } } }
                components:
                  securitySchemes: { key: { type: apiKey, in: query, name: api_key } }
                """, null, null).descriptor();

        assertThat(draft.name()).isEqualTo("gateways");
        assertThat(draft.baseUrl()).isEqualTo("https://eu.example.com/v1");
        assertThat(draft.summary().path()).isEqualTo("/chat/completions?api_key=${GATEWAYS_API_KEY}");
        assertThat(String.valueOf(draft.summary().body()))
                .isEqualTo(
                        "{\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\"{prompt}\"}],\"stream\":false}");
        assertThat(draft.answer())
                .isEqualTo(Map.of(
                        "text", "choices.0.message.content",
                        "inputTokens", "usage.prompt_tokens",
                        "outputTokens", "usage.completion_tokens",
                        "finishReason", "choices.0.finish_reason"));
        DescriptorDraft.Operation streamed = draft.streamed();
        assertThat(streamed).isNotNull();
        assertThat(String.valueOf(streamed.body())).endsWith("\"stream\":true}");
        assertThat(streamed.stream())
                .isEqualTo(new DescriptorDraft.Stream("sse", "choices.0.delta.content", "[DONE]", Map.of()));
        assertThat(draft.health()).isNull();
        assertThat(draft.comments().get("health")).contains("GET / has to answer 200");
    }

    /** A document as springdoc writes it: any media type, path parameters, nothing required. */
    @Test
    void pathAndQueryParametersGetValuesAndTextsWithBracesBecomeItems() {
        DescriptorDraft draft = draft(file(), """
                openapi: 3.0.1
                paths:
                  /v1/assist/{ticket-id}:
                    parameters: [{ name: ticket-id, in: path, required: true, schema: { type: integer }, example: 42 }]
                    post:
                      operationId: assist
                      parameters:
                        - { name: lang, in: query, required: true, schema: { type: string, default: en us } }
                        - { name: Idempotency-Key, in: header, schema: { type: string } }
                        - { name: verbose, in: query, schema: { type: boolean } }
                      requestBody:
                        content:
                          application/json:
                            example: { template: "Dear {customer},", tags: [a] }
                      responses:
                        201:
                          content: { "*/*": { schema: { properties: { aiGeneratedSummary: { type: string }, cost: { type: number } } } } }
                """, "http://localhost:9", null).descriptor();

        assertThat(draft.summary().path()).isEqualTo("/v1/assist/{ticket_id}?lang=en+us");
        assertThat(draft.summary().headers()).containsEntry("Idempotency-Key", "{requestId}");
        assertThat(String.valueOf(draft.summary().body())).isEqualTo("{\"template\":\"{template}\",\"tags\":[\"a\"]}");
        assertThat(draft.items().toString()).isEqualTo("[{ticket_id=42, template=\"Dear {customer},\"}]");
        assertThat(draft.summary().expect()).isEqualTo(201);
        assertThat(draft.answer())
                .containsExactly(Map.entry("text", "aiGeneratedSummary"), Map.entry("costUsd", "cost"));
        assertThat(draft.comments()).containsEntry("answer", "costUsd must be in US dollars.");
    }

    @Test
    void operationThatOnlyStreamsIsTheSummaryItself() {
        DescriptorDraft draft = draft(file(), """
                openapi: 3.1.0
                paths:
                  /ask:
                    get:
                      parameters: [{ name: q, in: query, required: true, schema: { type: string } }]
                      responses:
                        200:
                          content:
                            application/x-ndjson:
                              schema: { properties: { response: { type: string }, done: { type: boolean }, eval_count: { type: integer } } }
                """, "http://localhost:9", null).descriptor();

        assertThat(draft.summary().path()).isEqualTo("/ask?q={prompt}");
        assertThat(draft.summary().stream())
                .isEqualTo(new DescriptorDraft.Stream("ndjson", "response", "done", Map.of()));
        assertThat(draft.streamed()).isNull();
        assertThat(draft.answer()).containsExactly(Map.entry("outputTokens", "eval_count"));
        assertThat(draft.items()).hasSize(3);
    }

    private String yaml(String document) {
        return DescriptorYaml.of(draft(file(), document, null, null).descriptor());
    }

    private Path file() {
        return folder.resolve("openapi.yaml");
    }
}
