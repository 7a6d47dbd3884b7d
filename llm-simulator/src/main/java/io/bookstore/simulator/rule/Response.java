package io.bookstore.simulator.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.bookstore.simulator.fault.AnswerFault;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.latency.Decode;
import io.bookstore.simulator.latency.LatencyModel;
import io.bookstore.simulator.latency.Prefill;
import io.bookstore.simulator.latency.Stall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The response of a rule. What it leaves out is as without rules: the text is drawn, the tokens are counted, the times are
 * those of the profile. Texts may have templates, such as <code>{{prompt}}</code>.
 *
 * @param content   a text, or a document that is sent as JSON; null if the answer is drawn, or calls tools
 * @param toolCalls empty if the answer is drawn, or a content
 * @param usage     null if the tokens are counted
 * @param latency   null for the times of the profile
 * @param fault     null if the rule adds none
 */
public record Response(
        @Nullable JsonNode content,
        List<Call> toolCalls,
        @Nullable Usage usage,
        @Nullable Latency latency,
        @Nullable Fault fault) {

    private static final Response AS_USUAL = new Response(null, List.of(), null, null, null);
    private static final ObjectMapper json = new ObjectMapper();

    /** The faults that are the answer themselves. */
    private static final Set<AnswerFault> ANSWERS = Set.of(
            AnswerFault.EMPTY_ANSWER,
            AnswerFault.BROKEN_DOCUMENT,
            AnswerFault.BAD_ARGUMENTS,
            AnswerFault.UNKNOWN_TOOL,
            AnswerFault.ENDLESS_LOOP);

    /**
     * A call of a tool, whether the request offers it or not.
     *
     * @param arguments an object
     */
    public record Call(String name, JsonNode arguments) {

        public Call {
            require(!name.isBlank(), "name of a tool must not be empty");
            require(arguments.isObject(), "arguments must be a mapping of names and values, was " + arguments);
        }
    }

    /**
     * Tokens as billed, in the answer, in the journal and for the limits.
     *
     * @param inputTokens  null if they are counted
     * @param outputTokens null if they are counted
     */
    public record Usage(
            @Nullable Integer inputTokens, @Nullable Integer outputTokens) {

        public Usage {
            requireTokens("usage.inputTokens", inputTokens);
            requireTokens("usage.outputTokens", outputTokens);
        }

        private static void requireTokens(String key, @Nullable Integer tokens) {
            require(tokens == null || tokens >= 0, key + " must be >= 0, was " + tokens);
        }
    }

    /**
     * Fixed times; a stall of the profile is left out.
     *
     * @param ttft  to the first token; null for that of the profile
     * @param token for each token after it; null for that of the profile
     */
    public record Latency(@Nullable Duration ttft, @Nullable Duration token) {

        private static final Duration LONGEST = Duration.ofDays(1);

        public Latency {
            requireTime("latency.ttftMs", ttft);
            requireTime("latency.tokenMs", token);
        }

        private static void requireTime(String key, @Nullable Duration time) {
            require(
                    time == null || !time.isNegative() && time.compareTo(LONGEST) <= 0,
                    key + " must be from 0 to 86400000 (a day), was " + (time == null ? null : time.toNanos() / 1e6));
        }
    }

    public Response {
        toolCalls = List.copyOf(toolCalls);
        require(
                content == null || toolCalls.isEmpty(),
                "a response has content or toolCalls, and this one has both; leave one out");
        if (content != null || !toolCalls.isEmpty()) {
            require(
                    fault == null || fault instanceof Fault.Broken,
                    "fault " + faultText(fault)
                            + " refuses the request, so that what it would answer is never sent; leave" + " one out");
            require(
                    ANSWERS.stream().noneMatch(kind -> Fault.isKind(fault, kind)),
                    "fault " + faultText(fault) + " is an answer itself; leave out content and toolCalls");
        }
        if (content != null) {
            Template.check(content);
        }
        toolCalls.forEach(call -> Template.check(call.arguments()));
    }

    /** The answer that the simulator gives without rules. */
    public static Response asUsual() {
        return AS_USUAL;
    }

    /** An answer of this text, which may have templates. */
    public static Response text(String text) {
        return new Response(new TextNode(text), List.of(), null, null, null);
    }

    /** An answer that is a JSON document, for a client that asks for structured output. */
    public static Response document(Map<String, ?> document) {
        return new Response(json.valueToTree(document), List.of(), null, null, null);
    }

    /** An answer that calls a tool. */
    public static Response call(String tool, Map<String, ?> arguments) {
        return AS_USUAL.andCall(tool, arguments);
    }

    /** A fault, as {@link Fault#parse} reads it, such as {@code 429:5}. */
    public static Response fault(String fault) {
        return AS_USUAL.withFault(fault);
    }

    /** The same with one more call at once. */
    public Response andCall(String tool, Map<String, ?> arguments) {
        List<Call> calls = new ArrayList<>(toolCalls);
        calls.add(new Call(tool, json.valueToTree(arguments)));
        return new Response(content, calls, usage, latency, fault);
    }

    public Response withUsage(int inputTokens, int outputTokens) {
        return new Response(content, toolCalls, new Usage(inputTokens, outputTokens), latency, fault);
    }

    /**
     * The same at fixed times.
     *
     * @param ttft  to the first token
     * @param token for each token after it
     */
    public Response withLatency(Duration ttft, Duration token) {
        return new Response(content, toolCalls, usage, new Latency(ttft, token), fault);
    }

    public Response withFault(String text) {
        return new Response(content, toolCalls, usage, latency, Fault.parse(text));
    }

    /** Returns whether it says itself what the answer is. */
    public boolean isWritten() {
        return content != null || !toolCalls.isEmpty();
    }

    /** The times of its answer with a profile of those times. */
    public LatencyModel latencyWith(LatencyModel profile) {
        if (latency == null) {
            return profile;
        }
        Duration ttft = latency.ttft();
        Duration token = latency.token();
        return new LatencyModel(
                ttft == null ? profile.prefill() : new Prefill(millis(ttft), 0, 0),
                token == null
                        ? profile.decode()
                        : new Decode(millis(token), 0, 0, profile.decode().tokensPerChunk()),
                new Stall(0, 0, 0));
    }

    static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }

    private static String faultText(@Nullable Fault fault) {
        return fault == null ? "none" : fault.text();
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
