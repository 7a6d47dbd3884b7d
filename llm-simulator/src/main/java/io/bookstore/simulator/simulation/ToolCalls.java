package io.bookstore.simulator.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.answer.Chunks;
import io.bookstore.simulator.answer.TokenizedText;
import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.draw.Draw;
import io.bookstore.simulator.draw.Draws;
import io.bookstore.simulator.fault.AnswerFault;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.latency.Agent;
import io.bookstore.simulator.rule.Response;
import io.bookstore.simulator.wire.Answer.FinishReason;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.ToolCall;
import io.bookstore.simulator.wire.ToolMark;
import io.bookstore.simulator.wire.ToolRules;
import io.bookstore.simulator.wire.ToolRules.Choice;
import io.bookstore.simulator.wire.ToolRules.Tool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws the calls of tools in an answer.
 *
 * <p>How many turns a loop takes is drawn by the mark of its first call, which every later request of the loop repeats: no
 * state is kept, and a loop takes as many turns whatever else runs beside it.
 */
final class ToolCalls {

    private static final ObjectMapper json = new ObjectMapper();
    private static final String UNKNOWN_TOOL = "unknown_tool";
    private static final int AT_ONCE = 2;

    private ToolCalls() {}

    /** A call before it is cut into chunks. */
    private record Drawn(String id, String name, String arguments) {

        int tokensBefore() {
            return Tokenizer.count(name) + ToolCall.OVERHEAD_TOKENS;
        }
    }

    /** The calls that the answer consists of; null if it is a text. */
    static @Nullable AnswerContent write(
            Agent agent,
            int tokensPerChunk,
            long seed,
            Draws draws,
            GenerationRequest generation,
            @Nullable Fault fault) {
        ToolRules rules = generation.rules().tools();
        if (rules.callable().isEmpty() || Fault.isKind(fault, AnswerFault.EMPTY_ANSWER)) {
            return null;
        }
        Tool first =
                rules.callable().get(draws.stream("tool").below(rules.callable().size()));
        Drawn call = drawn(first, draws, 0, fault);
        boolean endless = rules.choice() != Choice.AUTO || Fault.isKind(fault, AnswerFault.ENDLESS_LOOP);
        if (!endless && rules.loop().turns() >= turns(agent, seed, rules, call)) {
            return null;
        }
        List<Drawn> calls = new ArrayList<>(List.of(call));
        if (rules.parallel() && draws.stream("parallel").happens(agent.parallelShare())) {
            Draw others = draws.stream("other-tools");
            while (calls.size() < AT_ONCE) {
                Tool other = rules.callable().get(others.below(rules.callable().size()));
                calls.add(drawn(other, draws, calls.size(), fault));
            }
        }
        return content(calls, tokensPerChunk, generation);
    }

    /** The calls that a rule of the own answers has written. */
    static AnswerContent of(
            List<Response.Call> written,
            int tokensPerChunk,
            Draws draws,
            GenerationRequest generation,
            @Nullable Fault fault) {
        List<Drawn> calls = new ArrayList<>();
        for (Response.Call call : written) {
            Tool tool = ToolRules.named(call.name(), generation.rules().tools().callable());
            calls.add(new Drawn(
                    draws.stream("call-" + calls.size()).id(ToolCall.ID_LENGTH),
                    Fault.isKind(fault, AnswerFault.UNKNOWN_TOOL) ? UNKNOWN_TOOL : call.name(),
                    Fault.isKind(fault, AnswerFault.BAD_ARGUMENTS) && tool != null
                            ? tool.arguments().drawBroken()
                            : call.arguments().toString()));
        }
        return content(calls, tokensPerChunk, generation);
    }

    private static Drawn drawn(Tool tool, Draws draws, int index, @Nullable Fault fault) {
        String arguments = Fault.isKind(fault, AnswerFault.BAD_ARGUMENTS)
                ? tool.arguments().drawBroken()
                : tool.arguments().draw(draws.stream("arguments-" + index));
        return new Drawn(
                draws.stream("call-" + index).id(ToolCall.ID_LENGTH),
                Fault.isKind(fault, AnswerFault.UNKNOWN_TOOL) ? UNKNOWN_TOOL : tool.name(),
                arguments);
    }

    private static int turns(Agent agent, long seed, ToolRules rules, Drawn first) {
        if (agent.isConstant()) {
            return agent.median();
        }
        String mark = rules.loop().mark();
        if (mark == null) {
            mark = rules.loop().byText() ? markByText(first) : first.id();
        }
        return agent.turns(Draws.of(seed, mark, 1).stream("agent"));
    }

    private static String markByText(Drawn call) {
        try {
            return ToolMark.of(call.name(), json.readTree(call.arguments()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Arguments are drawn as JSON, and were " + call.arguments(), e);
        }
    }

    /** The calls in chunks, as far as the limit of output tokens allows. */
    private static AnswerContent content(List<Drawn> drawn, int tokensPerChunk, GenerationRequest generation) {
        boolean inParts = generation.format().streamsArguments();
        int left = generation.maxTokens() == null ? Integer.MAX_VALUE : generation.maxTokens();
        List<ToolCall> calls = new ArrayList<>();
        List<Chunks> chunks = new ArrayList<>();
        int firstChunk = 0;
        for (Drawn call : drawn) {
            TokenizedText arguments = TokenizedText.of(call.arguments());
            int open = left - call.tokensBefore();
            boolean whole = arguments.tokens() <= open;
            TokenizedText written = whole ? arguments : arguments.first(Math.max(0, open));
            if (!whole && (!inParts || written.pieces().isEmpty())) {
                break;
            }
            Chunks part = written.chunks(tokensPerChunk).withMoreTokens(call.tokensBefore());
            chunks.add(inParts ? part : part.whole());
            calls.add(new ToolCall(call.id(), call.name(), written.text(), whole, firstChunk));
            firstChunk += inParts ? part.size() : 1;
            left = whole ? open - arguments.tokens() : 0;
        }
        boolean cut =
                calls.size() < drawn.size() || !calls.get(calls.size() - 1).whole();
        if (calls.isEmpty()) {
            return AnswerContent.empty(FinishReason.MAX_TOKENS);
        }
        FinishReason called = generation.rules().tools().choice() == Choice.NAMED
                ? FinishReason.NAMED_TOOL_CALL
                : FinishReason.TOOL_CALLS;
        return new AnswerContent(Chunks.joined(chunks), calls, cut ? FinishReason.MAX_TOKENS : called, null);
    }
}
