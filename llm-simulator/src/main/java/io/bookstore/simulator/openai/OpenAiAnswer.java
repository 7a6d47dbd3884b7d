package io.bookstore.simulator.openai;

import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.Answer.Usage;
import io.bookstore.simulator.wire.AnswerFormat;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.TextFrames;
import io.bookstore.simulator.wire.ToolCall;
import java.util.stream.Collectors;

/** A chat completion as one document or as chunks: https://platform.openai.com/docs/api-reference/chat-streaming. */
enum OpenAiAnswer implements AnswerFormat {
    DOCUMENT("application/json", ""),
    STREAM("text/event-stream; charset=utf-8", ""),
    STREAM_WITH_USAGE("text/event-stream; charset=utf-8", ",\"usage\":null");

    private static final String FINGERPRINT = "\"system_fingerprint\":\"fp_simulator\"";

    private static final String CHOICE = ",\"choices\":[{\"index\":0,\"delta\":";
    private static final String EVENT_END = "}\n\n";

    private final String contentType;
    private final String noUsageYet;

    OpenAiAnswer(String contentType, String noUsageYet) {
        this.contentType = contentType;
        this.noUsageYet = noUsageYet;
    }

    @Override
    public String contentType() {
        return contentType;
    }

    @Override
    public String whole(Answer answer) {
        return head(answer, "chat.completion")
                + ",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                + (answer.calls().isEmpty() ? Json.quote(answer.text()) : calls(answer))
                + ",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\""
                + finishReason(answer) + "\"}],\"usage\":" + usage(answer.usage()) + "," + FINGERPRINT + "}";
    }

    /** The chunk with a role and no text: a client that takes it for the first token measures nonsense. */
    @Override
    public String opening(Answer answer) {
        String content = answer.calls().isEmpty() ? "\"\"" : "null";
        return choice(answer, "{\"role\":\"assistant\",\"content\":" + content + ",\"refusal\":null}", "null");
    }

    /** No text, and the calls of a document. */
    private static String calls(Answer answer) {
        return answer.calls().stream()
                .map(call -> "{" + call(call) + Json.quote(call.arguments()) + "}}")
                .collect(Collectors.joining(",", "null,\"tool_calls\":[", "]"));
    }

    /** A call up to its arguments. */
    private static String call(ToolCall call) {
        return "\"id\":\"call_" + call.id() + "\",\"type\":\"function\",\"function\":{\"name\":"
                + Json.quote(call.name()) + ",\"arguments\":";
    }

    @Override
    public TextFrames frames(Answer answer) {
        String before = eventHead(answer) + CHOICE + "{\"content\":";
        String after = "}" + choiceEnd("null") + EVENT_END;
        return answer.calls().isEmpty()
                ? (chunksBefore, text) -> before + Json.quote(text) + after
                : (chunksBefore, text) -> callFrame(answer, chunksBefore, text);
    }

    /** A part of a call's arguments, after the chunk with its name where it is the first. */
    private String callFrame(Answer answer, int chunk, String part) {
        int index = answer.callAt(chunk);
        ToolCall call = answer.calls().get(index);
        String before = "{\"tool_calls\":[{\"index\":" + index + ",";
        String begin = call.firstChunk() == chunk ? choice(answer, before + call(call) + "\"\"}}]}", "null") : "";
        return begin + choice(answer, before + "\"function\":{\"arguments\":" + Json.quote(part) + "}}]}", "null");
    }

    @Override
    public String closing(Answer answer, int chunks) {
        String last = choice(answer, "{}", "\"" + finishReason(answer) + "\"");
        String usage = this == STREAM_WITH_USAGE
                ? eventHead(answer) + ",\"choices\":[],\"usage\":" + usage(answer.usage()) + EVENT_END
                : "";
        return last + usage + "data: [DONE]\n\n";
    }

    @Override
    public String failure(Refusal refusal, int chunks) {
        return "data: " + OpenAiErrors.body(refusal) + "\n\n";
    }

    private String choice(Answer answer, String delta, String finishReason) {
        return eventHead(answer) + CHOICE + delta + choiceEnd(finishReason) + EVENT_END;
    }

    private String choiceEnd(String finishReason) {
        return ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}]" + noUsageYet;
    }

    private static String eventHead(Answer answer) {
        return "data: " + head(answer, "chat.completion.chunk") + "," + FINGERPRINT;
    }

    private static String head(Answer answer, String object) {
        return "{\"id\":\"chatcmpl-" + answer.id() + "\",\"object\":\"" + object + "\",\"created\":"
                + answer.created().getEpochSecond() + ",\"model\":" + Json.quote(answer.model());
    }

    private static String usage(Usage usage) {
        return "{\"prompt_tokens\":" + usage.inputTokens() + ",\"completion_tokens\":" + usage.outputTokens()
                + ",\"total_tokens\":" + usage.totalTokens()
                + ",\"prompt_tokens_details\":{\"cached_tokens\":"
                + usage.cache().read() + "},\"completion_tokens_details\":{\"reasoning_tokens\":0}}";
    }

    private static String finishReason(Answer answer) {
        return switch (answer.finishReason()) {
            // A forced function ends with stop: https://github.com/vllm-project/vllm/pull/25054 has OpenAI's answers.
            case END, STOP_SEQUENCE, NAMED_TOOL_CALL -> "stop";
            case MAX_TOKENS -> "length";
            case TOOL_CALLS -> "tool_calls";
        };
    }
}
