package io.bookstore.perf.describe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A document of a helpdesk, and the draft of a document. */
final class OpenApiDrafts {

    /** A document of version 3.1 as FastAPI writes it. */
    static final String HELPDESK = """
            {"openapi": "3.1.0", "info": {"title": "Helpdesk API", "version": "1.2"},
             "servers": [{"url": "http://localhost:8080/"}],
             "paths": {
              "/healthz": {"get": {"responses": {"200": {"description": "ok"}}}},
              "/api/tickets": {
               "get": {"operationId": "list_tickets", "responses": {"200": {"content": {"application/json": {"schema": {
                "type": "array", "items": {"type": "object", "properties": {"title": {"type": "string"}}}}}}}}}},
              "/api/chat": {"post": {"operationId": "chat_api_chat_post", "security": [{"HTTPBearer": []}],
               "parameters": [{"name": "X-Tenant", "in": "header", "required": true,
                "schema": {"type": "string", "examples": ["acme"]}}],
               "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Question"}}}},
               "responses": {
                "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}}},
                "422": {"description": "wrong"}}}},
              "/api/chat/stream": {"post": {"operationId": "chat_stream",
               "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Question"}}}},
               "responses": {"200": {"content": {"text/event-stream": {"schema": {"type": "string"}}}}}}}},
             "components": {
              "securitySchemes": {"HTTPBearer": {"type": "http", "scheme": "bearer"}},
              "schemas": {
               "Question": {"type": "object", "required": ["question", "model", "thread"], "properties": {
                "question": {"type": "string"},
                "model": {"type": "string", "enum": ["gpt-4o-mini", "gpt-4o"]},
                "thread": {"$ref": "#/components/schemas/Thread"},
                "temperature": {"anyOf": [{"type": "number"}, {"type": "null"}]}}},
               "Thread": {"type": "object", "required": ["id", "parent"], "properties": {
                "id": {"type": "string", "format": "uuid"},
                "parent": {"$ref": "#/components/schemas/Thread"}}},
               "Answer": {"type": "object", "properties": {
                "reply": {"type": "object", "properties": {"text": {"type": "string"}}},
                "meta": {"type": "object", "properties": {
                 "model": {"type": "string"},
                 "finish_reason": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                 "usage": {"type": "object", "properties": {"in": {"type": "integer"}, "out": {"type": "integer"}}}}},
                "thread": {"$ref": "#/components/schemas/Thread"}}}}}}
            """;

    private OpenApiDrafts() {}

    static OpenApiDraft draft(Path file, String document, @Nullable String baseUrl, @Nullable String operation) {
        try {
            Files.writeString(file, document);
            return OpenApiDraft.of(OpenApiDocument.read(file.toString()), baseUrl, operation);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
