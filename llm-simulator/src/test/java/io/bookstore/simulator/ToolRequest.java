package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A wire format that has tools: how it is given them, and where its answers have the calls. Bedrock's stream is read by its client. */
enum ToolRequest {
    OPENAI_CHAT(new ToolForm("/v1/chat/completions", "/v1/chat/completions")
            .body("""
                    {"model":"gpt-4o","stream":<stream>,"messages":[{"role":"user","content":"Emma"}<history>],\
                    "tools":[<tools>]<choice>}""")
            .tool("{\"type\":\"function\",\"function\":{\"name\":\"<name>\",\"parameters\":<schema>}}")
            .forced(",\"tool_choice\":\"required\"")
            .named(",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"find_shop\"}}")
            .none(",\"tool_choice\":\"none\"")
            .calls(
                    "/choices/0/message/tool_calls",
                    item -> true,
                    item -> new Call(
                            text(item, "/id"), text(item, "/function/name"), text(item, "/function/arguments")))
            .history("""
                    ,{"role":"assistant","content":null,"tool_calls":[{"id":"<id>","type":"function",\
                    "function":{"name":"<name>","arguments":<argumentsText>}}]},\
                    {"role":"tool","tool_call_id":"<id>","content":<result>}""")
            .inputTokens("/usage/prompt_tokens")
            .finishReason("\"finish_reason\":\"tool_calls\"")),

    OPENAI_RESPONSES(new ToolForm("/v1/responses", "/v1/responses")
            .body("""
                    {"model":"gpt-4o","stream":<stream>,"input":[{"role":"user","content":"Emma"}<history>],\
                    "tools":[<tools>]<choice>}""")
            .tool("{\"type\":\"function\",\"name\":\"<name>\",\"parameters\":<schema>}")
            .forced(",\"tool_choice\":\"required\"")
            .named(",\"tool_choice\":{\"type\":\"function\",\"name\":\"find_shop\"}")
            .none(",\"tool_choice\":\"none\"")
            .calls(
                    "/output",
                    item -> text(item, "/type").equals("function_call"),
                    item -> new Call(text(item, "/call_id"), text(item, "/name"), text(item, "/arguments")))
            .history("""
                    ,{"type":"function_call","call_id":"<id>","name":"<name>","arguments":<argumentsText>},\
                    {"type":"function_call_output","call_id":"<id>","output":<result>}""")
            .inputTokens("/usage/input_tokens")
            .finishReason("\"status\":\"completed\"")),

    ANTHROPIC(new ToolForm("/v1/messages", "/v1/messages")
            .body("""
                    {"model":"claude-sonnet-4-5","max_tokens":500,"stream":<stream>,\
                    "messages":[{"role":"user","content":"Emma"}<history>],"tools":[<tools>]<choice>}""")
            .tool("{\"name\":\"<name>\",\"input_schema\":<schema>}")
            .forced(",\"tool_choice\":{\"type\":\"any\"}")
            .named(",\"tool_choice\":{\"type\":\"tool\",\"name\":\"find_shop\"}")
            .none(",\"tool_choice\":{\"type\":\"none\"}")
            .calls(
                    "/content",
                    item -> text(item, "/type").equals("tool_use"),
                    item -> new Call(text(item, "/id"), text(item, "/name"), json(item, "/input")))
            .history("""
                    ,{"role":"assistant","content":[{"type":"tool_use","id":"<id>","name":"<name>","input":<arguments>}]},\
                    {"role":"user","content":[{"type":"tool_result","tool_use_id":"<id>","content":<result>}]}""")
            .inputTokens("/usage/input_tokens")
            .finishReason("\"stop_reason\":\"tool_use\"")),

    GEMINI(new ToolForm(
                    "/v1beta/models/gemini-2.5-flash:generateContent",
                    "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse")
            .body("""
                    {"contents":[{"role":"user","parts":[{"text":"Emma"}]}<history>],\
                    "tools":[{"functionDeclarations":[<tools>]}]<choice>}""")
            .tool("{\"name\":\"<name>\",\"parametersJsonSchema\":<schema>}")
            .forced(",\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\"}}")
            .named(
                    ",\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"find_shop\"]}}")
            .none(",\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"NONE\"}}")
            .calls(
                    "/candidates/0/content/parts",
                    item -> item.has("functionCall"),
                    item -> new Call("", text(item, "/functionCall/name"), json(item, "/functionCall/args")))
            .history("""
                    ,{"role":"model","parts":[{"functionCall":{"name":"<name>","args":<arguments>}}]},\
                    {"role":"user","parts":[{"functionResponse":{"name":"<name>","response":{"result":<result>}}}]}""")
            .inputTokens("/usageMetadata/promptTokenCount")
            .finishReason("\"finishReason\":\"STOP\"")),

    /** Its requests have no choice of tools. */
    OLLAMA(new ToolForm("/api/chat", "/api/chat")
            .body("""
                    {"model":"llama3.1:8b","stream":<stream>,"messages":[{"role":"user","content":"Emma"}<history>],\
                    "tools":[<tools>]}""")
            .tool("{\"type\":\"function\",\"function\":{\"name\":\"<name>\",\"parameters\":<schema>}}")
            .calls(
                    "/message/tool_calls",
                    item -> true,
                    item -> new Call("", text(item, "/function/name"), json(item, "/function/arguments")))
            .history("""
                    ,{"role":"assistant","content":"","tool_calls":[{"function":{"name":"<name>","arguments":<arguments>}}]},\
                    {"role":"tool","tool_name":"<name>","content":<result>}""")
            .inputTokens("/prompt_eval_count")
            .finishReason("\"done_reason\":\"stop\"")),

    BEDROCK(new ToolForm(
                    "/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse",
                    "/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse-stream")
            .body("""
                    {"messages":[{"role":"user","content":[{"text":"Emma"}]}<history>],\
                    "toolConfig":{"tools":[<tools>]<choice>}}""")
            .tool("{\"toolSpec\":{\"name\":\"<name>\",\"inputSchema\":{\"json\":<schema>}}}")
            .forced(",\"toolChoice\":{\"any\":{}}")
            .named(",\"toolChoice\":{\"tool\":{\"name\":\"find_shop\"}}")
            .calls(
                    "/output/message/content",
                    item -> item.has("toolUse"),
                    item -> new Call(
                            text(item, "/toolUse/toolUseId"),
                            text(item, "/toolUse/name"),
                            json(item, "/toolUse/input")))
            .history("""
                    ,{"role":"assistant","content":[{"toolUse":{"toolUseId":"<id>","name":"<name>","input":<arguments>}}]},\
                    {"role":"user","content":[{"toolResult":{"toolUseId":"<id>","content":[{"text":<result>}]}}]}""")
            .inputTokens("/usage/inputTokens")
            .finishReason("\"stopReason\":\"tool_use\""));

    /** The schema of the arguments of both tools. */
    static final String SCHEMA = """
            {"type":"object","properties":{"title":{"type":"string"},"stars":{"type":"integer","minimum":1,"maximum":5},\
            "price":{"type":"number"}},"required":["title","stars","price"],"additionalProperties":false}""";

    private static final ObjectMapper json = new ObjectMapper();

    private final ToolForm form;

    ToolRequest(ToolForm form) {
        this.form = form;
    }

    /** A call as an answer has it; without an identifier where the format has none. */
    record Call(String id, String name, String arguments) {}

    String path(boolean streaming) {
        return streaming ? form.streamPath : form.path;
    }

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
    String body(boolean streaming, String choice, String history) {
        return form.body
                .replace("<stream>", String.valueOf(streaming))
                .replace("<tools>", tool("rate_book") + "," + tool("find_shop"))
                .replace("<choice>", choice)
                .replace("<history>", history);
    }

    private String tool(String name) {
        return form.tool.replace("<name>", name).replace("<schema>", SCHEMA);
    }

    /** The choice of any tool; empty if the format has none. */
    String forced() {
        return form.forced;
    }

    /** The choice of {@code find_shop}; empty if the format has none. */
    String named() {
        return form.named;
    }

    /** The choice of no tool; empty if the format has none. */
    String none() {
        return form.none;
    }

    List<Call> calls(JsonNode answer) {
        List<Call> calls = new ArrayList<>();
        for (JsonNode item : answer.at(form.callsAt)) {
            if (form.isCall.test(item)) {
                calls.add(form.call.apply(item));
            }
        }
        return calls;
    }

    /** The messages of a call and its result. */
    String history(Call call, String result) {
        return form.history
                .replace("<id>", call.id())
                .replace("<name>", call.name())
                .replace("<argumentsText>", quoted(call.arguments()))
                .replace("<arguments>", call.arguments())
                .replace("<result>", quoted(result));
    }

    /** The pointer to the input tokens. */
    String inputTokens() {
        return form.inputTokens;
    }

    /** The words of an answer that calls tools. */
    String finishReason() {
        return form.finishReason;
    }

    static String quoted(String text) {
        return json.getNodeFactory().textNode(text).toString();
    }

    static JsonNode read(String answer) throws IOException {
        return json.readTree(RawHttp.body(answer));
    }

    private static String text(JsonNode item, String pointer) {
        return item.at(pointer).asText();
    }

    private static String json(JsonNode item, String pointer) {
        return item.at(pointer).toString();
    }
}
