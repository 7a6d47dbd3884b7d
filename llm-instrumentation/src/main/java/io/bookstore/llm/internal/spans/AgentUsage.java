package io.bookstore.llm.internal.spans;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.internal.call.CallListener;
import io.bookstore.llm.internal.call.CallSnapshot;
import io.bookstore.llm.internal.conventions.IfKnown;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import org.jspecify.annotations.Nullable;

/** The tokens of all calls below an agent, those of its sub-agents included. Thread-safe. */
public final class AgentUsage {

    private static final ContextKey<AgentUsage> KEY = ContextKey.named("llm-agent-usage");

    private final @Nullable AgentUsage outer;
    private @Nullable Long input;
    private @Nullable Long output;
    private boolean complete = true;

    private AgentUsage(@Nullable AgentUsage outer) {
        this.outer = outer;
    }

    /** Returns a context in which calls add to a new sum, and to those around it. */
    public static Context startIn(Context parent) {
        return parent.with(KEY, new AgentUsage(parent.get(KEY)));
    }

    static void put(AttributesBuilder span, Context context) {
        AgentUsage usage = context.get(KEY);
        if (usage != null) {
            usage.put(span);
        }
    }

    private synchronized void put(AttributesBuilder span) {
        IfKnown.put(span, GenAiAttributes.USAGE_INPUT_TOKENS, input);
        IfKnown.put(span, GenAiAttributes.USAGE_OUTPUT_TOKENS, output);
        if (!complete) {
            span.put(GenAiAttributes.LLM_USAGE_COMPLETE, false);
        }
    }

    private synchronized void add(CallSnapshot call) {
        TokenUsage usage = call.usage();
        input = sum(input, usage.input());
        output = sum(output, usage.output());
        boolean untold = call.outcome().response() != null && usage.equals(TokenUsage.UNKNOWN);
        complete &= !untold && !call.tokensAreMissing();
    }

    private static @Nullable Long sum(@Nullable Long total, @Nullable Long more) {
        return total == null ? more : more == null ? total : Long.valueOf(total + more);
    }

    /** Adds up calls as they end. */
    public static final class Listener implements CallListener {

        @Override
        public void ended(CallSnapshot call) {
            for (AgentUsage usage = call.context().get(KEY); usage != null; usage = usage.outer) {
                usage.add(call);
            }
        }
    }
}
