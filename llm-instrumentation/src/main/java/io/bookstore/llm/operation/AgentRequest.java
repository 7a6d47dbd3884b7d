package io.bookstore.llm.operation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An agent that the host invokes. Null means "not known", and is left out of the telemetry.
 *
 * @param name     of the agent
 * @param provider of its models; {@code gen_ai.provider.name}, which newer conventions leave out here
 * @param model    the model that it asks unless it decides otherwise
 * @param context  for whom; the conversation of an agent is told here
 */
public record AgentRequest(
        String name, String provider, @Nullable String model, CallContext context) {

    public AgentRequest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(context, "context");
    }

    public static AgentRequest of(String name, String provider) {
        return new AgentRequest(name, provider, null, CallContext.NONE);
    }

    public AgentRequest withModel(@Nullable String value) {
        return new AgentRequest(name, provider, value, context);
    }

    public AgentRequest withContext(CallContext value) {
        return new AgentRequest(name, provider, model, value);
    }
}
