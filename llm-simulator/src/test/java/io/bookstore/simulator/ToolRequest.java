package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A wire format that has tools: how it is given them, and where its answers have the calls. Bedrock's stream is read by its client. */
enum ToolRequest {
    OPENAI_CHAT {
        @Override
        String path(boolean streaming) {
            return "/v1/chat/completions";
        }

        @Override
        String body(boolean streaming, String choice, String history) {
            return "{\"model\":\"gpt-4o\",\"stream\":" + streaming
                    + ",\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}" + history + "],\"tools\":["
                    + tool("rate_book") + "," + tool("find_shop") + "]" + choice + "}";
        }

        private String tool(String name) {
            return "{\"type\":\"function\",\"function\":{\"name\":\"" + name + "\",\"parameters\":" + SCHEMA + "}}";
        }

        @Override
        String forced() {
            return ",\"tool_choice\":\"required\"";
        }

        @Override
        String named() {
            return ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"find_shop\"}}";
        }

        @Override
        String none() {
            return ",\"tool_choice\":\"none\"";
        }

        @Override
        List<Call> calls(JsonNode answer) {
            List<Call> calls = new ArrayList<>();
            for (JsonNode call : answer.at("/choices/0/message/tool_calls")) {
                calls.add(new Call(
                        call.path("id").asText(),
                        call.at("/function/name").asText(),
                        call.at("/function/arguments").asText()));
            }
            return calls;
        }

        @Override
        String history(Call call, String result) {
            return ",{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"" + call.id()
                    + "\",\"type\":\"function\",\"function\":{\"name\":\"" + call.name() + "\",\"arguments\":"
                    + quoted(call.arguments()) + "}}]},{\"role\":\"tool\",\"tool_call_id\":\"" + call.id()
                    + "\",\"content\":" + quoted(result) + "}";
        }

        @Override
        String inputTokens() {
            return "/usage/prompt_tokens";
        }

        @Override
        String finishReason() {
            return "\"finish_reason\":\"tool_calls\"";
        }
    },
    OPENAI_RESPONSES {
        @Override
        String path(boolean streaming) {
            return "/v1/responses";
        }

        @Override
        String body(boolean streaming, String choice, String history) {
            return "{\"model\":\"gpt-4o\",\"stream\":" + streaming
                    + ",\"input\":[{\"role\":\"user\",\"content\":\"Emma\"}" + history + "],\"tools\":["
                    + tool("rate_book") + "," + tool("find_shop") + "]" + choice + "}";
        }

        private String tool(String name) {
            return "{\"type\":\"function\",\"name\":\"" + name + "\",\"parameters\":" + SCHEMA + "}";
        }

        @Override
        String forced() {
            return ",\"tool_choice\":\"required\"";
        }

        @Override
        String named() {
            return ",\"tool_choice\":{\"type\":\"function\",\"name\":\"find_shop\"}";
        }

        @Override
        String none() {
            return ",\"tool_choice\":\"none\"";
        }

        @Override
        List<Call> calls(JsonNode answer) {
            List<Call> calls = new ArrayList<>();
            for (JsonNode item : answer.path("output")) {
                if (item.path("type").asText().equals("function_call")) {
                    calls.add(new Call(
                            item.path("call_id").asText(),
                            item.path("name").asText(),
                            item.path("arguments").asText()));
                }
            }
            return calls;
        }

        @Override
        String history(Call call, String result) {
            return ",{\"type\":\"function_call\",\"call_id\":\"" + call.id() + "\",\"name\":\"" + call.name()
                    + "\",\"arguments\":" + quoted(call.arguments())
                    + "},{\"type\":\"function_call_output\",\"call_id\":\"" + call.id() + "\",\"output\":"
                    + quoted(result) + "}";
        }

        @Override
        String inputTokens() {
            return "/usage/input_tokens";
        }

        @Override
        String finishReason() {
            return "\"status\":\"completed\"";
        }
    },
    ANTHROPIC {
        @Override
        String path(boolean streaming) {
            return "/v1/messages";
        }

        @Override
        String body(boolean streaming, String choice, String history) {
            return "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":500,\"stream\":" + streaming
                    + ",\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}" + history + "],\"tools\":["
                    + tool("rate_book") + "," + tool("find_shop") + "]" + choice + "}";
        }

        private String tool(String name) {
            return "{\"name\":\"" + name + "\",\"input_schema\":" + SCHEMA + "}";
        }

        @Override
        String forced() {
            return ",\"tool_choice\":{\"type\":\"any\"}";
        }

        @Override
        String named() {
            return ",\"tool_choice\":{\"type\":\"tool\",\"name\":\"find_shop\"}";
        }

        @Override
        String none() {
            return ",\"tool_choice\":{\"type\":\"none\"}";
        }

        @Override
        List<Call> calls(JsonNode answer) {
            List<Call> calls = new ArrayList<>();
            for (JsonNode block : answer.path("content")) {
                if (block.path("type").asText().equals("tool_use")) {
                    calls.add(new Call(
                            block.path("id").asText(),
                            block.path("name").asText(),
                            block.path("input").toString()));
                }
            }
            return calls;
        }

        @Override
        String history(Call call, String result) {
            return ",{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"" + call.id()
                    + "\",\"name\":\""
                    + call.name() + "\",\"input\":" + call.arguments()
                    + "}]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"" + call.id()
                    + "\",\"content\":" + quoted(result) + "}]}";
        }

        @Override
        String inputTokens() {
            return "/usage/input_tokens";
        }

        @Override
        String finishReason() {
            return "\"stop_reason\":\"tool_use\"";
        }
    },
    GEMINI {
        @Override
        String path(boolean streaming) {
            return "/v1beta/models/gemini-2.5-flash:"
                    + (streaming ? "streamGenerateContent?alt=sse" : "generateContent");
        }

        @Override
        String body(boolean streaming, String choice, String history) {
            return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Emma\"}]}" + history
                    + "],\"tools\":[{\"functionDeclarations\":[" + tool("rate_book") + "," + tool("find_shop") + "]}]"
                    + choice + "}";
        }

        private String tool(String name) {
            return "{\"name\":\"" + name + "\",\"parametersJsonSchema\":" + SCHEMA + "}";
        }

        @Override
        String forced() {
            return ",\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\"}}";
        }

        @Override
        String named() {
            return ",\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"find_shop\"]}}";
        }

        @Override
        String none() {
            return ",\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"NONE\"}}";
        }

        @Override
        List<Call> calls(JsonNode answer) {
            List<Call> calls = new ArrayList<>();
            for (JsonNode part : answer.at("/candidates/0/content/parts")) {
                if (part.has("functionCall")) {
                    calls.add(new Call(
                            "",
                            part.at("/functionCall/name").asText(),
                            part.at("/functionCall/args").toString()));
                }
            }
            return calls;
        }

        @Override
        String history(Call call, String result) {
            return ",{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"" + call.name() + "\",\"args\":"
                    + call.arguments() + "}}]},{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\""
                    + call.name() + "\",\"response\":{\"result\":" + quoted(result) + "}}}]}";
        }

        @Override
        String inputTokens() {
            return "/usageMetadata/promptTokenCount";
        }

        @Override
        String finishReason() {
            return "\"finishReason\":\"STOP\"";
        }
    },
    OLLAMA {
        @Override
        String path(boolean streaming) {
            return "/api/chat";
        }

        @Override
        String body(boolean streaming, String choice, String history) {
            return "{\"model\":\"llama3.1:8b\",\"stream\":" + streaming
                    + ",\"messages\":[{\"role\":\"user\",\"content\":\"Emma\"}" + history + "],\"tools\":["
                    + tool("rate_book") + "," + tool("find_shop") + "]}";
        }

        private String tool(String name) {
            return "{\"type\":\"function\",\"function\":{\"name\":\"" + name + "\",\"parameters\":" + SCHEMA + "}}";
        }

        @Override
        List<Call> calls(JsonNode answer) {
            List<Call> calls = new ArrayList<>();
            for (JsonNode call : answer.at("/message/tool_calls")) {
                calls.add(new Call(
                        "",
                        call.at("/function/name").asText(),
                        call.at("/function/arguments").toString()));
            }
            return calls;
        }

        @Override
        String history(Call call, String result) {
            return ",{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"" + call.name()
                    + "\",\"arguments\":" + call.arguments() + "}}]},{\"role\":\"tool\",\"tool_name\":\"" + call.name()
                    + "\",\"content\":" + quoted(result) + "}";
        }

        @Override
        String inputTokens() {
            return "/prompt_eval_count";
        }

        @Override
        String finishReason() {
            return "\"done_reason\":\"stop\"";
        }
    },
    BEDROCK {
        @Override
        String path(boolean streaming) {
            return "/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse" + (streaming ? "-stream" : "");
        }

        @Override
        String body(boolean streaming, String choice, String history) {
            return "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Emma\"}]}" + history
                    + "],\"toolConfig\":{\"tools\":[" + tool("rate_book") + "," + tool("find_shop") + "]" + choice
                    + "}}";
        }

        private String tool(String name) {
            return "{\"toolSpec\":{\"name\":\"" + name + "\",\"inputSchema\":{\"json\":" + SCHEMA + "}}}";
        }

        @Override
        String forced() {
            return ",\"toolChoice\":{\"any\":{}}";
        }

        @Override
        String named() {
            return ",\"toolChoice\":{\"tool\":{\"name\":\"find_shop\"}}";
        }

        @Override
        List<Call> calls(JsonNode answer) {
            List<Call> calls = new ArrayList<>();
            for (JsonNode block : answer.at("/output/message/content")) {
                if (block.has("toolUse")) {
                    calls.add(new Call(
                            block.at("/toolUse/toolUseId").asText(),
                            block.at("/toolUse/name").asText(),
                            block.at("/toolUse/input").toString()));
                }
            }
            return calls;
        }

        @Override
        String history(Call call, String result) {
            return ",{\"role\":\"assistant\",\"content\":[{\"toolUse\":{\"toolUseId\":\"" + call.id() + "\",\"name\":\""
                    + call.name() + "\",\"input\":" + call.arguments()
                    + "}}]},{\"role\":\"user\",\"content\":[{\"toolResult\":{\"toolUseId\":\"" + call.id()
                    + "\",\"content\":[{\"text\":" + quoted(result) + "}]}}]}";
        }

        @Override
        String inputTokens() {
            return "/usage/inputTokens";
        }

        @Override
        String finishReason() {
            return "\"stopReason\":\"tool_use\"";
        }
    };

    /** The schema of the arguments of both tools. */
    static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"title\":{\"type\":\"string\"},\"stars\":{\"type\":"
                    + "\"integer\",\"minimum\":1,\"maximum\":5},\"price\":{\"type\":\"number\"}},\"required\":[\"title\",\"stars\","
                    + "\"price\"],\"additionalProperties\":false}";

    private static final ObjectMapper json = new ObjectMapper();

    /** A call as an answer has it; without an identifier where the format has none. */
    record Call(String id, String name, String arguments) {}

    abstract String path(boolean streaming);

    /** Sends a request that is not streamed; returns the answer with its head. */
    String post(RawHttp http, String choice, String history) throws IOException {
        return http.post(path(false), body(false, choice, history));
    }

    /** The call of an answer that has one. */
    Call only(String answer) throws IOException {
        List<Call> calls = calls(read(answer));
        assertThat(calls).as(answer).hasSize(1);
        return calls.get(0);
    }

    /**
     * @param choice  empty, or one of those below
     * @param history of calls and results, see {@link #history}
     */
    abstract String body(boolean streaming, String choice, String history);

    /** The choice of any tool; empty if the format has none. */
    String forced() {
        return "";
    }

    /** The choice of {@code find_shop}; empty if the format has none. */
    String named() {
        return "";
    }

    /** The choice of no tool; empty if the format has none. */
    String none() {
        return "";
    }

    abstract List<Call> calls(JsonNode answer);

    /** The messages of a call and its result. */
    abstract String history(Call call, String result);

    /** The pointer to the input tokens. */
    abstract String inputTokens();

    /** The words of an answer that calls tools. */
    abstract String finishReason();

    static String quoted(String text) {
        return json.getNodeFactory().textNode(text).toString();
    }

    static JsonNode read(String answer) throws IOException {
        return json.readTree(RawHttp.body(answer));
    }
}
