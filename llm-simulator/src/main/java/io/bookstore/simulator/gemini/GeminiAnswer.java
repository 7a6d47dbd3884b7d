package io.bookstore.simulator.gemini;

import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.Answer.FinishReason;
import io.bookstore.simulator.wire.Answer.Thoughts;
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
 * An answer as one document, as server-sent events, or (without {@code alt=sse}) as a JSON array that grows. Thoughts are parts
 * before all others (https://ai.google.dev/gemini-api/docs/thinking#summaries), and a prompt that is blocked has no candidate
 * (https://ai.google.dev/gemini-api/docs/safety-settings#safety-feedback).
 */
enum GeminiAnswer implements AnswerFormat {
    DOCUMENT("application/json; charset=UTF-8", "", "", "", ""),
    EVENTS("text/event-stream", "", "data: ", "\r\n\r\n", ""),
    ARRAY("application/json; charset=UTF-8", "[", "", "\n,\r\n", "]");

    private static final String RATINGS =
            "[{\"category\":\"HARM_CATEGORY_DANGEROUS_CONTENT\",\"probability\":\"HIGH\",\"blocked\":true}]";

    private final String contentType;
    private final String open;
    private final String before;
    private final String between;
    private final String close;

    GeminiAnswer(String contentType, String open, String before, String between, String close) {
        this.contentType = contentType;
        this.open = open;
        this.before = before;
        this.between = between;
        this.close = close;
    }

    @Override
    public String contentType() {
        return contentType;
    }

    @Override
    public String whole(Answer answer) {
        List<Answer> each = answer.each();
        return last(
                answer,
                IntStream.range(0, each.size())
                        .mapToObj(index ->
                                candidate(each.get(index), index, parts(each.get(index)), odds(each.get(index)), true))
                        .collect(Collectors.joining(",")));
    }

    private static String parts(Answer answer) {
        Thoughts thoughts = answer.thoughts();
        String begin = thoughts == null || thoughts.chunks() == 0 ? "" : thought(thoughts.text()) + ",";
        return begin
                + (answer.calls().isEmpty()
                        ? part(answer.text())
                        : answer.calls().stream().map(GeminiAnswer::part).collect(Collectors.joining(",")));
    }

    private static List<Token> odds(Answer answer) {
        return answer.odds() == null ? List.of() : answer.odds().all();
    }

    /** True: {@code promptFeedback} tells of it. */
    @Override
    public boolean blocksPrompts() {
        return true;
    }

    /** False: a call is one part, which comes whole. */
    @Override
    public boolean streamsArguments() {
        return false;
    }

    @Override
    public String opening(Answer answer) {
        return open;
    }

    @Override
    public TextFrames frames(Answer answer) {
        if (answer.isRefused()) {
            return (chunksBefore, text) -> "";
        }
        return answer.choices().answers().isEmpty()
                ? frames(answer, 0)
                : answer.choices()
                        .frames(index -> frames(answer.choices().answers().get(index), index));
    }

    private TextFrames frames(Answer answer, int index) {
        String usage = usage(answer, "", answer.usage().inputTokens());
        TokenOdds odds = answer.odds();
        TextFrames frames = answer.calls().isEmpty()
                ? (chunksBefore, text) -> {
                    List<Token> tokens = odds == null ? List.of() : odds.ofChunk(chunksBefore);
                    return frame(answer, candidate(answer, index, part(text), tokens, false), usage);
                }
                : (chunksBefore, text) -> {
                    ToolCall call = answer.calls().get(answer.callAt(chunksBefore));
                    return frame(answer, candidate(answer, index, part(call), List.of(), false), usage);
                };
        return answer.thoughts() == null
                ? frames
                : answer.thoughts()
                        .frames(
                                (chunksBefore, text) ->
                                        frame(answer, candidate(answer, index, thought(text), List.of(), false), usage),
                                "",
                                frames);
    }

    private String frame(Answer answer, String candidates, String usage) {
        return before + response(answer, candidates, usage) + between;
    }

    @Override
    public String closing(Answer answer, int chunks) {
        List<Answer> each = answer.each();
        String candidates = IntStream.range(0, each.size())
                .mapToObj(index -> candidate(each.get(index), index, part(""), List.of(), true))
                .collect(Collectors.joining(","));
        return before + last(answer, candidates) + (this == ARRAY ? close : between);
    }

    @Override
    public String failure(Refusal refusal, int chunks) {
        return before + GeminiErrors.body(refusal) + (this == ARRAY ? close : between);
    }

    private static String part(String text) {
        return "{\"text\":" + Json.quote(text) + "}";
    }

    private static String thought(String text) {
        return "{\"text\":" + Json.quote(text) + ",\"thought\":true}";
    }

    private static String part(ToolCall call) {
        return "{\"functionCall\":{\"name\":" + Json.quote(call.name()) + ",\"args\":" + call.input() + "}}";
    }

    private static String last(Answer answer, String candidates) {
        int thoughts = answer.reasoningTokens();
        if (answer.isRefused()) {
            return blocked(answer);
        }
        return response(
                answer,
                candidates,
                usage(
                        answer,
                        ",\"candidatesTokenCount\":" + (answer.usage().outputTokens() - thoughts)
                                + (thoughts == 0 ? "" : ",\"thoughtsTokenCount\":" + thoughts),
                        answer.usage().totalTokens()));
    }

    /** The answer to a prompt that is blocked: no candidate, and only the prompt is billed. */
    private static String blocked(Answer answer) {
        return "{\"promptFeedback\":{\"blockReason\":\"SAFETY\",\"safetyRatings\":" + RATINGS + "}"
                + end(answer, usage(answer, "", answer.usage().inputTokens()));
    }

    /** A count of cached tokens is only there if there are any. */
    private static String usage(Answer answer, String output, int total) {
        int cached = answer.usage().cache().read();
        return "{\"promptTokenCount\":" + answer.usage().inputTokens() + output + ",\"totalTokenCount\":" + total
                + (cached == 0 ? "" : ",\"cachedContentTokenCount\":" + cached) + "}";
    }

    private static String candidate(Answer answer, int index, String parts, List<Token> tokens, boolean last) {
        boolean filtered = answer.finishReason() == FinishReason.CONTENT_FILTER;
        return "{\"content\":{\"parts\":[" + parts + "],\"role\":\"model\"}"
                + (last ? ",\"finishReason\":\"" + finishReason(answer) + "\"" : "")
                + (last && filtered ? ",\"safetyRatings\":" + RATINGS : "") + ",\"index\":" + index
                + GeminiOdds.fields(tokens) + "}";
    }

    private static String response(Answer answer, String candidates, String usage) {
        return "{\"candidates\":[" + candidates + "]" + end(answer, usage);
    }

    private static String end(Answer answer, String usage) {
        return ",\"usageMetadata\":" + usage + ",\"modelVersion\":" + Json.quote(answer.model()) + ",\"responseId\":\""
                + answer.id() + "\"}";
    }

    private static String finishReason(Answer answer) {
        return switch (answer.finishReason()) {
            case END, STOP_SEQUENCE, TOOL_CALLS, NAMED_TOOL_CALL, PAUSE_TURN -> "STOP";
            case MAX_TOKENS -> "MAX_TOKENS";
            case REFUSAL, CONTENT_FILTER -> "SAFETY";
        };
    }
}
