package io.bookstore.llm.internal.call;

import io.bookstore.llm.operation.AgentRequest;
import io.bookstore.llm.operation.CallContext;
import io.bookstore.llm.operation.RetrievalRequest;
import io.bookstore.llm.operation.ToolRequest;
import io.opentelemetry.api.trace.SpanKind;
import org.jspecify.annotations.Nullable;

/** An operation around or between the calls to models: one span, no tokens of its own. */
public sealed interface Step {

    /** The value of {@code gen_ai.operation.name}. */
    String operation();

    /** The agent, the tool or the place that is searched; null if it has no name. */
    @Nullable
    String target();

    SpanKind kind();

    /** The context that the host told with the request. */
    CallContext context();

    /** Returns true if the conventions have a conversation on such a span. */
    boolean inConversation();

    default String spanName() {
        return target() == null ? operation() : operation() + " " + target();
    }

    /** An agent at work. */
    record Agent(AgentRequest request) implements Step {

        @Override
        public String operation() {
            return "invoke_agent";
        }

        @Override
        public String target() {
            return request.name();
        }

        @Override
        public SpanKind kind() {
            return SpanKind.INTERNAL;
        }

        @Override
        public CallContext context() {
            return request.context();
        }

        @Override
        public boolean inConversation() {
            return true;
        }
    }

    /**
     * A tool at work.
     *
     * @param request the request
     * @param agent   the agent that uses the tool; null if none does
     */
    record Tool(ToolRequest request, @Nullable AgentRequest agent) implements Step {

        @Override
        public String operation() {
            return "execute_tool";
        }

        @Override
        public String target() {
            return request.name();
        }

        @Override
        public SpanKind kind() {
            return SpanKind.INTERNAL;
        }

        @Override
        public CallContext context() {
            return request.context();
        }

        @Override
        public boolean inConversation() {
            return false;
        }
    }

    /** A retrieval under way. */
    record Retrieval(RetrievalRequest request) implements Step {

        @Override
        public String operation() {
            return "retrieval";
        }

        @Override
        public @Nullable String target() {
            return request.dataSource();
        }

        @Override
        public SpanKind kind() {
            return SpanKind.CLIENT;
        }

        @Override
        public CallContext context() {
            return request.context();
        }

        @Override
        public boolean inConversation() {
            return false;
        }
    }
}
