package io.bookstore.llm.internal.jfr;

import io.bookstore.llm.operation.AgentRequest;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** An agent at work. */
@Name("io.bookstore.llm.Agent")
@Label("LLM Agent")
@Description("Invocation of an agent, with all calls, tools and retrievals below it")
final class JfrAgent extends JfrOperation {

    @Label("Agent")
    @Nullable
    String agent;

    JfrAgent(AgentRequest request) {
        agent = cut(request.name());
    }
}
