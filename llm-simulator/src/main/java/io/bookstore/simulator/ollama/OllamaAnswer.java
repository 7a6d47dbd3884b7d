package io.bookstore.simulator.ollama;

import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.Answer.Timing;
import io.bookstore.simulator.wire.AnswerFormat;
import io.bookstore.simulator.wire.Json;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.TextFrames;
import io.bookstore.simulator.wire.ToolCall;
import java.util.List;
import java.util.stream.Collectors;

/** An answer as one object, or as one object on each line; its durations add up to the total. */
enum OllamaAnswer implements AnswerFormat {
    CHAT_DOCUMENT("application/json; charset=utf-8", true),
    CHAT_STREAM("application/x-ndjson", true),
    GENERATE_DOCUMENT("application/json; charset=utf-8", false),
    GENERATE_STREAM("application/x-ndjson", false);

    private final String contentType;
    private final boolean chat;

    OllamaAnswer(String contentType, boolean chat) {
        this.contentType = contentType;
        this.chat = chat;
    }

    @Override
    public String contentType() {
        return contentType;
    }

    @Override
    public String whole(Answer answer) {
        String thoughts = answer.thoughts() == null ? "" : answer.thoughts().text();
        String odds =
                answer.odds() == null ? "" : OllamaOdds.member(answer.odds().all());
        return object(answer, answer.text(), thoughts, answer.calls()) + odds + end(answer);
    }

    /** False: a call comes whole. */
    @Override
    public boolean streamsArguments() {
        return false;
    }

    /** Empty: Ollama's first line already has text. */
    @Override
    public String opening(Answer answer) {
        return "";
    }

    @Override
    public TextFrames frames(Answer answer) {
        TextFrames frames = answer.calls().isEmpty()
                ? (chunksBefore, text) ->
                        object(answer, text, "", List.of()) + odds(answer, chunksBefore) + ",\"done\":false}\n"
                : (chunksBefore, text) ->
                        object(answer, "", "", List.of(answer.calls().get(answer.callAt(chunksBefore))))
                                + ",\"done\":false}\n";
        return answer.thoughts() == null
                ? frames
                : answer.thoughts()
                        .frames(
                                (chunksBefore, text) -> object(answer, "", text, List.of()) + ",\"done\":false}\n",
                                "",
                                frames);
    }

    @Override
    public String closing(Answer answer, int chunks) {
        return object(answer, "", "", List.of()) + end(answer) + "\n";
    }

    @Override
    public String failure(Refusal refusal, int chunks) {
        return "{\"error\":" + Json.quote(refusal.message()) + "}\n";
    }

    private String object(Answer answer, String text, String thoughts, List<ToolCall> calls) {
        String quoted = Json.quote(text) + (thoughts.isEmpty() ? "" : ",\"thinking\":" + Json.quote(thoughts));
        return "{\"model\":" + Json.quote(answer.model()) + ",\"created_at\":\"" + answer.created() + "\","
                + (chat
                        ? "\"message\":{\"role\":\"assistant\",\"content\":" + quoted + told(calls) + "}"
                        : "\"response\":" + quoted);
    }

    private static String odds(Answer answer, int chunk) {
        return answer.odds() == null ? "" : OllamaOdds.member(answer.odds().ofChunk(chunk));
    }

    private static String told(List<ToolCall> calls) {
        return calls.isEmpty()
                ? ""
                : calls.stream()
                        .map(call -> "{\"function\":{\"name\":" + Json.quote(call.name()) + ",\"arguments\":"
                                + call.input() + "}}")
                        .collect(Collectors.joining(",", ",\"tool_calls\":[", "]"));
    }

    private static String end(Answer answer) {
        Timing timing = answer.timing();
        long total = timing.loadNanos() + timing.promptNanos() + timing.outputNanos();
        return ",\"done\":true,\"done_reason\":\"" + doneReason(answer) + "\",\"total_duration\":" + total
                + ",\"load_duration\":" + timing.loadNanos() + ",\"prompt_eval_count\":"
                + answer.usage().inputTokens() + ",\"prompt_eval_duration\":" + timing.promptNanos()
                + ",\"eval_count\":" + answer.usage().outputTokens() + ",\"eval_duration\":" + timing.outputNanos()
                + "}";
    }

    private static String doneReason(Answer answer) {
        return switch (answer.finishReason()) {
            case END, STOP_SEQUENCE, TOOL_CALLS, NAMED_TOOL_CALL, REFUSAL, CONTENT_FILTER, PAUSE_TURN -> "stop";
            case MAX_TOKENS -> "length";
        };
    }
}
