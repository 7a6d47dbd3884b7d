package io.bookstore.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** A wire format that has structured output, and how it is asked for one. Bedrock's stream is no text: its client reads it. */
enum StructuredRequest {
    OPENAI_CHAT("/choices/0/message/content", "/choices/0/delta/content", "\"finish_reason\":\"stop\"") {
        @Override
        String path(boolean streaming) {
            return "/v1/chat/completions";
        }

        @Override
        String body(boolean streaming, String schema) {
            return "{\"model\":\"gpt-4o\",\"stream\":" + streaming + ",\"messages\":" + MESSAGES
                    + ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"book\",\"strict\":true,"
                    + "\"schema\":" + schema + "}}}";
        }
    },
    OPENAI_RESPONSES("/output/0/content/0/text", "/delta", "\"status\":\"completed\"") {
        @Override
        String path(boolean streaming) {
            return "/v1/responses";
        }

        @Override
        String body(boolean streaming, String schema) {
            return "{\"model\":\"gpt-4o\",\"stream\":" + streaming + ",\"input\":\"Emma\",\"text\":{\"format\":"
                    + "{\"type\":\"json_schema\",\"name\":\"book\",\"strict\":true,\"schema\":" + schema + "}}}";
        }
    },
    ANTHROPIC("/content/0/text", "/delta/text", "\"stop_reason\":\"end_turn\"") {
        @Override
        String path(boolean streaming) {
            return "/v1/messages";
        }

        @Override
        String body(boolean streaming, String schema) {
            return "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":500,\"stream\":" + streaming + ",\"messages\":"
                    + MESSAGES + ",\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":" + schema
                    + "}}}";
        }
    },
    ANTHROPIC_BETA("/content/0/text", "/delta/text", "\"stop_reason\":\"end_turn\"") {
        @Override
        String path(boolean streaming) {
            return "/v1/messages";
        }

        @Override
        String body(boolean streaming, String schema) {
            return "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":500,\"stream\":" + streaming + ",\"messages\":"
                    + MESSAGES + ",\"output_format\":{\"type\":\"json_schema\",\"schema\":" + schema + "}}";
        }
    },
    GEMINI("/candidates/0/content/parts/0/text", "/candidates/0/content/parts/0/text", "\"finishReason\":\"STOP\"") {
        @Override
        String path(boolean streaming) {
            return "/v1beta/models/gemini-2.5-flash:"
                    + (streaming ? "streamGenerateContent?alt=sse" : "generateContent");
        }

        @Override
        String body(boolean streaming, String schema) {
            return "{\"contents\":[{\"parts\":[{\"text\":\"Emma\"}]}],\"generationConfig\":{\"responseMimeType\":"
                    + "\"application/json\",\"responseJsonSchema\":" + schema + "}}";
        }
    },
    OLLAMA("/message/content", "/message/content", "\"done_reason\":\"stop\"") {
        @Override
        String path(boolean streaming) {
            return "/api/chat";
        }

        @Override
        String body(boolean streaming, String schema) {
            return "{\"model\":\"llama3.1:8b\",\"stream\":" + streaming + ",\"messages\":" + MESSAGES + ",\"format\":"
                    + schema + "}";
        }
    };

    private static final String MESSAGES = "[{\"role\":\"user\",\"content\":\"Emma\"}]";
    private static final ObjectMapper json = new ObjectMapper();

    private final String inDocument;
    private final String inStream;
    private final String endOfItself;

    StructuredRequest(String inDocument, String inStream, String endOfItself) {
        this.inDocument = inDocument;
        this.inStream = inStream;
        this.endOfItself = endOfItself;
    }

    abstract String path(boolean streaming);

    abstract String body(boolean streaming, String schema);

    /** The words of a document whose answer ended of itself. */
    String endOfItself() {
        return endOfItself;
    }

    String documentText(String answer) throws IOException {
        return json.readTree(RawHttp.body(answer)).at(inDocument).asText();
    }

    String streamText(String answer) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : RawHttp.body(answer).split("\n")) {
            String data = line.startsWith("data: ") ? line.substring(6) : line;
            if (data.startsWith("{")) {
                JsonNode part = json.readTree(data);
                boolean delta =
                        this != OPENAI_RESPONSES || part.path("type").asText().equals("response.output_text.delta");
                text.append(delta ? part.at(inStream).asText("") : "");
            }
        }
        return text.toString();
    }
}
