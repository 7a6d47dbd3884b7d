package io.bookstore.llm.operation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tool that a model asked for. Null means "not known", and is left out of the telemetry.
 *
 * @param name        of the tool
 * @param callId      the provider's id of this call
 * @param type        {@code function}, {@code extension} or {@code datastore}
 * @param description what the tool does, as the model was told
 * @param arguments   as the model wrote them; captured only by a content policy
 * @param context     for whom
 */
public record ToolRequest(
        String name,
        @Nullable String callId,
        String type,
        @Nullable String description,
        @Nullable String arguments,
        CallContext context) {

    public ToolRequest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(context, "context");
    }

    /** A function of the host. */
    public static ToolRequest function(String name) {
        return new ToolRequest(name, null, "function", null, null, CallContext.NONE);
    }

    public ToolRequest withCallId(@Nullable String value) {
        return new ToolRequest(name, value, type, description, arguments, context);
    }

    public ToolRequest withDescription(@Nullable String value) {
        return new ToolRequest(name, callId, type, value, arguments, context);
    }

    public ToolRequest withArguments(@Nullable String value) {
        return new ToolRequest(name, callId, type, description, value, context);
    }

    public ToolRequest withContext(CallContext value) {
        return new ToolRequest(name, callId, type, description, arguments, value);
    }
}
