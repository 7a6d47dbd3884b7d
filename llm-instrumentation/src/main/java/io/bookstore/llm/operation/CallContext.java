package io.bookstore.llm.operation;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.ImplicitContextKeyed;
import org.jspecify.annotations.Nullable;

/**
 * The user, session and prompt of calls. Made current once, for example by a filter of the host, it holds for every
 * call below; what a request says itself goes first, then this, then the baggage. Null means "not known".
 *
 * <p>Goes onto spans. Onto metrics only by {@link io.bookstore.llm.GenAiTelemetryBuilder#metricKeys}.
 *
 * @param user          id of the user; {@code user.id}
 * @param session       {@code session.id}
 * @param conversation  id that the host really has, never one made up; {@code gen_ai.conversation.id}
 * @param promptName    name of the prompt template; {@code llm.prompt.name}
 * @param promptVersion {@code llm.prompt.version}
 * @param variant       of an experiment; {@code llm.experiment.variant}
 */
public record CallContext(
        @Nullable String user,
        @Nullable String session,
        @Nullable String conversation,
        @Nullable String promptName,
        @Nullable String promptVersion,
        @Nullable String variant)
        implements ImplicitContextKeyed {

    /** The context of a call of which nothing is known. */
    public static final CallContext NONE = new CallContext(null, null, null, null, null, null);

    private static final ContextKey<CallContext> KEY = ContextKey.named("llm-call-context");

    // Baggage may come from outside the service; nothing longer is an id.
    private static final int MAX_LENGTH = 256;

    public CallContext {
        user = cut(user);
        session = cut(session);
        conversation = cut(conversation);
        promptName = cut(promptName);
        promptVersion = cut(promptVersion);
        variant = cut(variant);
    }

    public static CallContext ofUser(String user) {
        return NONE.withUser(user);
    }

    public CallContext withUser(@Nullable String value) {
        return new CallContext(value, session, conversation, promptName, promptVersion, variant);
    }

    public CallContext withSession(@Nullable String value) {
        return new CallContext(user, value, conversation, promptName, promptVersion, variant);
    }

    public CallContext withConversation(@Nullable String value) {
        return new CallContext(user, session, value, promptName, promptVersion, variant);
    }

    public CallContext withPrompt(@Nullable String name, @Nullable String version) {
        return new CallContext(user, session, conversation, name, version, variant);
    }

    public CallContext withVariant(@Nullable String value) {
        return new CallContext(user, session, conversation, promptName, promptVersion, value);
    }

    @Override
    public Context storeInContext(Context context) {
        return context.with(KEY, this);
    }

    /** Returns the context of a call that starts in {@code context} and says {@code own} itself. */
    public static CallContext effective(CallContext own, Context context, boolean readBaggage) {
        CallContext found = own;
        CallContext current = context.get(KEY);
        if (current != null) {
            found = found.orElse(current);
        }
        Baggage baggage = readBaggage ? Baggage.fromContextOrNull(context) : null;
        return baggage == null || baggage.isEmpty() ? found : found.orElse(of(baggage));
    }

    private static CallContext of(Baggage baggage) {
        return new CallContext(
                baggage.getEntryValue("user.id"),
                baggage.getEntryValue("session.id"),
                baggage.getEntryValue("gen_ai.conversation.id"),
                baggage.getEntryValue("llm.prompt.name"),
                baggage.getEntryValue("llm.prompt.version"),
                baggage.getEntryValue("llm.experiment.variant"));
    }

    private CallContext orElse(CallContext other) {
        if (this == NONE) {
            return other;
        }
        return new CallContext(
                user == null ? other.user : user,
                session == null ? other.session : session,
                conversation == null ? other.conversation : conversation,
                promptName == null ? other.promptName : promptName,
                promptVersion == null ? other.promptVersion : promptVersion,
                variant == null ? other.variant : variant);
    }

    private static @Nullable String cut(@Nullable String value) {
        return value == null || value.length() <= MAX_LENGTH ? value : value.substring(0, MAX_LENGTH);
    }
}
