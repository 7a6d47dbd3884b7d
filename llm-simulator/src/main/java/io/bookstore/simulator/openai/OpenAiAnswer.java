package io.bookstore.simulator.openai;

import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.Answer.Usage;
import io.bookstore.simulator.wire.AnswerFormat;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.TextFrames;
import io.bookstore.simulator.wire.TokenOdds;
import io.bookstore.simulator.wire.TokenOdds.Token;
import io.bookstore.simulator.wire.ToolCall;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A chat completion as one document or as chunks: https://platform.openai.com/docs/api-reference/chat-streaming. Reasoning is
 * hidden, and only counted; several choices take turns in a stream.
 */
enum OpenAiAnswer implements AnswerFormat {
    DOCUMENT("application/json", ""),
    STREAM("text/event-stream; charset=utf-8", ""),
    STREAM_WITH_USAGE("text/event-stream; charset=utf-8", ",\"usage\":null");

    private static final String FINGERPRINT = "\"system_fingerprint\":\"fp_simulator\"";

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
        List<Answer> each = answer.each();
        return head(answer, "chat.completion")
                + IntStream.range(0, each.size())
                        .mapToObj(index -> choice(each.get(index), index))
                        .collect(Collectors.joining(",", ",\"choices\":[", "]"))
                + ",\"usage\":" + usage(answer) + "," + FINGERPRINT + "}";
    }

    private static String choice(Answer answer, int index) {
        return "{\"index\":" + index + ",\"message\":{\"role\":\"assistant\",\"content\":" + content(answer)
                + "},\"logprobs\":" + odds(answer)
                + ",\"finish_reason\":\"" + finishReason(answer) + "\"}";
    }

    private static String content(Answer answer) {
        if (answer.isRefused()) {
            return "null,\"refusal\":" + Json.quote(answer.text());
        }
        return (answer.calls().isEmpty() ? Json.quote(answer.text()) : calls(answer)) + ",\"refusal\":null";
    }

    private static String odds(Answer answer) {
        TokenOdds odds = answer.odds();
        return odds == null || !answer.calls().isEmpty() ? "null" : odds(answer, odds.all());
    }

    /** The log probabilities, which a refusal has in a place of their own. */
    private static String odds(Answer answer, List<Token> tokens) {
        String list = OpenAiOdds.list(tokens, true);
        return answer.isRefused()
                ? "{\"content\":null,\"refusal\":" + list + "}"
                : "{\"content\":" + list + ",\"refusal\":null}";
    }

    /** The chunk with a role and no text: a client that takes it for the first token measures nonsense. */
    @Override
    public String opening(Answer answer) {
        List<Answer> each = answer.each();
        return IntStream.range(0, each.size())
                .mapToObj(index -> opening(each.get(index), index))
                .collect(Collectors.joining());
    }

    private String opening(Answer answer, int index) {
        String content = answer.calls().isEmpty() ? "\"\"" : "null";
        return choice(answer, index, "{\"role\":\"assistant\",\"content\":" + content + ",\"refusal\":null}", "null");
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
        return answer.choices().answers().isEmpty()
                ? frames(answer, 0)
                : answer.choices()
                        .frames(index -> frames(answer.choices().answers().get(index), index));
    }

    private TextFrames frames(Answer answer, int index) {
        if (!answer.calls().isEmpty()) {
            return (chunksBefore, text) -> callFrame(answer, index, chunksBefore, text);
        }
        String before =
                eventHead(answer) + choiceBegin(index) + (answer.isRefused() ? "{\"refusal\":" : "{\"content\":");
        TokenOdds odds = answer.odds();
        if (odds != null) {
            return (chunksBefore, text) -> before + Json.quote(text) + "}"
                    + choiceEnd(odds(answer, odds.ofChunk(chunksBefore)), "null") + EVENT_END;
        }
        String after = "}" + choiceEnd("null", "null") + EVENT_END;
        return (chunksBefore, text) -> before + Json.quote(text) + after;
    }

    /** A part of a call's arguments, after the chunk with its name where it is the first. */
    private String callFrame(Answer answer, int choice, int chunk, String part) {
        int index = answer.callAt(chunk);
        ToolCall call = answer.calls().get(index);
        String before = "{\"tool_calls\":[{\"index\":" + index + ",";
        String begin =
                call.firstChunk() == chunk ? choice(answer, choice, before + call(call) + "\"\"}}]}", "null") : "";
        return begin
                + choice(answer, choice, before + "\"function\":{\"arguments\":" + Json.quote(part) + "}}]}", "null");
    }

    @Override
    public String closing(Answer answer, int chunks) {
        List<Answer> each = answer.each();
        String last = IntStream.range(0, each.size())
                .mapToObj(index -> choice(answer, index, "{}", "\"" + finishReason(each.get(index)) + "\""))
                .collect(Collectors.joining());
        String usage = this == STREAM_WITH_USAGE
                ? eventHead(answer) + ",\"choices\":[],\"usage\":" + usage(answer) + EVENT_END
                : "";
        return last + usage + "data: [DONE]\n\n";
    }

    @Override
    public String failure(Refusal refusal, int chunks) {
        return "data: " + OpenAiErrors.body(refusal) + "\n\n";
    }

    private String choice(Answer answer, int index, String delta, String finishReason) {
        return eventHead(answer) + choiceBegin(index) + delta + choiceEnd("null", finishReason) + EVENT_END;
    }

    private static String choiceBegin(int index) {
        return ",\"choices\":[{\"index\":" + index + ",\"delta\":";
    }

    private String choiceEnd(String odds, String finishReason) {
        return ",\"logprobs\":" + odds + ",\"finish_reason\":" + finishReason + "}]" + noUsageYet;
    }

    private static String eventHead(Answer answer) {
        return "data: " + head(answer, "chat.completion.chunk") + "," + FINGERPRINT;
    }

    private static String head(Answer answer, String object) {
        return "{\"id\":\"chatcmpl-" + answer.id() + "\",\"object\":\"" + object + "\",\"created\":"
                + answer.created().getEpochSecond() + ",\"model\":" + Json.quote(answer.model());
    }

    private static String usage(Answer answer) {
        Usage usage = answer.usage();
        return "{\"prompt_tokens\":" + usage.inputTokens() + ",\"completion_tokens\":" + usage.outputTokens()
                + ",\"total_tokens\":" + usage.totalTokens()
                + ",\"prompt_tokens_details\":{\"cached_tokens\":"
                + usage.cache().read() + "},\"completion_tokens_details\":{\"reasoning_tokens\":"
                + answer.reasoningTokens() + "}}";
    }

    private static String finishReason(Answer answer) {
        return switch (answer.finishReason()) {
            // A forced function ends with stop: https://github.com/vllm-project/vllm/pull/25054 has OpenAI's answers.
            case END, STOP_SEQUENCE, NAMED_TOOL_CALL, REFUSAL, PAUSE_TURN -> "stop";
            case CONTENT_FILTER -> "content_filter";
            case MAX_TOKENS -> "length";
            case TOOL_CALLS -> "tool_calls";
        };
    }
}
