package io.bookstore.simulator;

import io.bookstore.simulator.wire.Json;
import java.util.Locale;

/** A wire format, and how it is asked for a summary of Emma. */
enum Dialect {
    ANTHROPIC("claude-sonnet-4-5") {
        @Override
        String reasoning() {
            return "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}";
        }

        @Override
        String path(String model, boolean streaming) {
            return "/v1/messages";
        }

        @Override
        String body(String model, boolean streaming, int maxTokens, String prompt) {
            return "{\"model\":\"" + model + "\",\"max_tokens\":" + maxTokens + ",\"stream\":" + streaming
                    + ",\"messages\":" + messages(prompt) + "}";
        }

        @Override
        String marked(String body, String prompt) {
            return body.replace(
                    "\"content\":\"" + prompt + "\"",
                    "\"content\":[{\"type\":\"text\",\"text\":\"" + prompt
                            + "\",\"cache_control\":{\"type\":\"ephemeral\"}}]");
        }

        @Override
        String tools(String schema) {
            return "\"tools\":[{\"name\":\"rate_book\",\"input_schema\":" + schema + "}]";
        }

        @Override
        String structured(String schema) {
            return "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":" + schema + "}}";
        }
    },
    OPENAI_CHAT("gpt-4o-mini") {
        @Override
        String reasoningModel() {
            return "gpt-5-mini";
        }

        @Override
        String reasoning() {
            return "\"reasoning_effort\":\"medium\"";
        }

        @Override
        String odds() {
            return "\"n\":2,\"logprobs\":true,\"top_logprobs\":2";
        }

        @Override
        String path(String model, boolean streaming) {
            return "/v1/chat/completions";
        }

        @Override
        String body(String model, boolean streaming, int maxTokens, String prompt) {
            return "{\"model\":\"" + model + "\",\"max_completion_tokens\":" + maxTokens + ",\"stream\":" + streaming
                    + (streaming ? ",\"stream_options\":{\"include_usage\":true}" : "") + ",\"messages\":"
                    + messages(prompt) + "}";
        }

        @Override
        String tools(String schema) {
            return "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"rate_book\",\"parameters\":" + schema
                    + "}}]";
        }

        @Override
        String structured(String schema) {
            return "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"book\",\"schema\":"
                    + schema + "}}";
        }
    },
    OPENAI_RESPONSES("gpt-4o-mini") {
        @Override
        String reasoningModel() {
            return "gpt-5-mini";
        }

        @Override
        String reasoning() {
            return "\"reasoning\":{\"effort\":\"medium\",\"summary\":\"auto\"},\"include\":[\"reasoning.encrypted_content\"]";
        }

        @Override
        String odds() {
            return "\"include\":[\"message.output_text.logprobs\"],\"top_logprobs\":2";
        }

        @Override
        String path(String model, boolean streaming) {
            return "/v1/responses";
        }

        @Override
        String body(String model, boolean streaming, int maxTokens, String prompt) {
            return "{\"model\":\"" + model + "\",\"max_output_tokens\":" + maxTokens + ",\"stream\":" + streaming
                    + ",\"input\":\"" + prompt + "\"}";
        }

        @Override
        String tools(String schema) {
            return "\"tools\":[{\"type\":\"function\",\"name\":\"rate_book\",\"parameters\":" + schema + "}]";
        }

        @Override
        String structured(String schema) {
            return "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"book\",\"schema\":" + schema + "}}";
        }
    },
    OLLAMA_CHAT("llama3.1:8b") {
        @Override
        String reasoningModel() {
            return "qwen3:8b";
        }

        @Override
        String reasoning() {
            return "\"think\":true";
        }

        @Override
        String odds() {
            return "\"logprobs\":true,\"top_logprobs\":2";
        }

        @Override
        String path(String model, boolean streaming) {
            return "/api/chat";
        }

        @Override
        String body(String model, boolean streaming, int maxTokens, String prompt) {
            return "{\"model\":\"" + model + "\",\"stream\":" + streaming + ",\"options\":{\"num_predict\":" + maxTokens
                    + "},\"messages\":" + messages(prompt) + "}";
        }

        @Override
        String tools(String schema) {
            return "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"rate_book\",\"parameters\":" + schema
                    + "}}]";
        }

        @Override
        String structured(String schema) {
            return "\"format\":" + schema;
        }
    },
    OLLAMA_GENERATE("llama3.1:8b") {
        @Override
        String reasoningModel() {
            return "qwen3:8b";
        }

        @Override
        String reasoning() {
            return "\"think\":true";
        }

        @Override
        String odds() {
            return "\"logprobs\":true,\"top_logprobs\":2";
        }

        @Override
        String path(String model, boolean streaming) {
            return "/api/generate";
        }

        @Override
        String body(String model, boolean streaming, int maxTokens, String prompt) {
            return "{\"model\":\"" + model + "\",\"stream\":" + streaming + ",\"options\":{\"num_predict\":" + maxTokens
                    + "},\"prompt\":\"" + prompt + "\"}";
        }
    },
    GEMINI("gemini-2.5-flash") {
        @Override
        String reasoning() {
            return "\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true,\"thinkingBudget\":-1}}";
        }

        @Override
        String odds() {
            return "\"responseLogprobs\":true,\"logprobs\":2,\"candidateCount\":2";
        }

        @Override
        String path(String model, boolean streaming) {
            return "/v1beta/models/" + model + (streaming ? ":streamGenerateContent?alt=sse" : ":generateContent");
        }

        @Override
        String body(String model, boolean streaming, int maxTokens, String prompt) {
            return contents(maxTokens, prompt);
        }

        @Override
        String tools(String schema) {
            return "\"tools\":[{\"functionDeclarations\":[{\"name\":\"rate_book\",\"parametersJsonSchema\":" + schema
                    + "}]}]";
        }

        @Override
        String structured(String schema) {
            return "\"responseMimeType\":\"application/json\",\"responseJsonSchema\":" + schema;
        }

        @Override
        String with(String body, String fields) {
            if (fields.contains("thinkingConfig")) {
                String config = reasoning();
                String others = fields.replace(config, "").replaceAll(",$", "");
                String own = config.substring("\"generationConfig\":{".length(), config.length() - 1);
                String whole = body.replace("\"generationConfig\":{", "\"generationConfig\":{" + own + ",");
                return others.isEmpty() ? whole : super.with(whole, others);
            }
            return fields.startsWith("\"response")
                    ? body.replace("\"generationConfig\":{", "\"generationConfig\":{" + fields + ",")
                    : super.with(body, fields);
        }
    },
    GEMINI_ARRAY("gemini-2.5-flash") {
        @Override
        String path(String model, boolean streaming) {
            return "/v1beta/models/" + model + (streaming ? ":streamGenerateContent" : ":generateContent");
        }

        @Override
        String body(String model, boolean streaming, int maxTokens, String prompt) {
            return contents(maxTokens, prompt);
        }
    },
    BEDROCK("anthropic.claude-3-5-sonnet-20241022-v2:0") {
        @Override
        String reasoningModel() {
            return "anthropic.claude-sonnet-4-5-20250929-v1:0";
        }

        @Override
        String reasoning() {
            return "\"additionalModelRequestFields\":{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}}";
        }

        @Override
        String path(String model, boolean streaming) {
            return "/model/" + model.replace(":", "%3A") + (streaming ? "/converse-stream" : "/converse");
        }

        @Override
        String body(String model, boolean streaming, int maxTokens, String prompt) {
            return "{\"inferenceConfig\":{\"maxTokens\":" + maxTokens
                    + "},\"messages\":[{\"role\":\"user\",\"content\":" + "[{\"text\":\"" + prompt + "\"}]}]}";
        }

        @Override
        String marked(String body, String prompt) {
            return body.replace(
                    "{\"text\":\"" + prompt + "\"}",
                    "{\"text\":\"" + prompt + "\"},{\"cachePoint\":{\"type\":\"default\"}}");
        }

        @Override
        String tools(String schema) {
            return "\"toolConfig\":{\"tools\":[{\"toolSpec\":{\"name\":\"rate_book\",\"inputSchema\":{\"json\":"
                    + schema + "}}}]}";
        }

        @Override
        String structured(String schema) {
            return "\"outputConfig\":{\"textFormat\":{\"type\":\"json_schema\",\"structure\":{\"jsonSchema\":{\"name\":\"book\","
                    + "\"schema\":" + Json.quote(schema) + "}}}}";
        }
    };

    private final String model;

    Dialect(String model) {
        this.model = model;
    }

    String model() {
        return model;
    }

    abstract String path(String model, boolean streaming);

    abstract String body(String model, boolean streaming, int maxTokens, String prompt);

    /** The body with a mark at the end of its prompt, where the provider keeps only what is marked. */
    String marked(String body, String prompt) {
        return body;
    }

    /** Returns whether the golden files have its tools and its structured output; of two that share them, one does. */
    boolean hasTools() {
        return this != OLLAMA_GENERATE && this != GEMINI_ARRAY;
    }

    /** The fields that offer a tool with these arguments. */
    String tools(String schema) {
        throw new UnsupportedOperationException(this + " has no tools");
    }

    /** The body with more fields. */
    String with(String body, String fields) {
        return "{" + fields + "," + body.substring(1);
    }

    /** The fields that ask for a document of this schema. */
    String structured(String schema) {
        throw new UnsupportedOperationException(this + " has no structured output");
    }

    /** A model that reasons. */
    String reasoningModel() {
        return model;
    }

    /** The fields that ask for reasoning, and to show it where that is possible. */
    String reasoning() {
        throw new UnsupportedOperationException(this + " has no reasoning");
    }

    /** The fields that ask for two answers, where there may be several, with log probabilities; empty if there are none. */
    String odds() {
        return "";
    }

    /** The name of the provider in the journal. */
    String provider() {
        return name().toLowerCase(Locale.ROOT).split("_")[0];
    }

    private static String messages(String prompt) {
        return "[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]";
    }

    private static String contents(int maxTokens, String prompt) {
        return "{\"generationConfig\":{\"maxOutputTokens\":" + maxTokens + "},\"contents\":[{\"role\":\"user\","
                + "\"parts\":[{\"text\":\"" + prompt + "\"}]}]}";
    }
}
