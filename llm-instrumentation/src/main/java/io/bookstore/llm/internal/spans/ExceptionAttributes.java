package io.bookstore.llm.internal.spans;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.content.Message;
import io.bookstore.llm.content.Part;
import io.bookstore.llm.internal.call.Failures;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an exception, on spans and in logs. Providers put pieces of a prompt into their error messages, so
 * messages pass the content policy as texts of an answer with the role {@code error}; classes and frames stay as they are.
 */
public final class ExceptionAttributes {

    private static final AttributeKey<String> TYPE = AttributeKey.stringKey("exception.type");
    private static final AttributeKey<String> MESSAGE = AttributeKey.stringKey("exception.message");
    private static final AttributeKey<String> STACKTRACE = AttributeKey.stringKey("exception.stacktrace");

    private final Failures failures;
    private final @Nullable ContentPolicy policy;
    private final boolean messages;

    public ExceptionAttributes(Failures failures, @Nullable ContentPolicy policy, boolean messages) {
        this.failures = failures;
        this.policy = policy;
        this.messages = messages;
    }

    /** Never throws: an exception that cannot be read, or a policy that fails, leaves the type and nothing else. */
    Attributes of(Throwable error) {
        AttributesBuilder attributes =
                Attributes.builder().put(TYPE, error.getClass().getName());
        failures.guard("record_exception", () -> {
            Throwable shown = messages && policy == null ? error : copy(error, new IdentityHashMap<>());
            StringWriter trace = new StringWriter();
            shown.printStackTrace(new PrintWriter(trace));
            if (shown.getMessage() != null) {
                attributes.put(MESSAGE, shown.getMessage());
            }
            attributes.put(STACKTRACE, trace.toString());
        });
        return attributes.build();
    }

    private Throwable copy(Throwable original, Map<Throwable, Throwable> copies) {
        Throwable known = copies.get(original);
        if (known != null) {
            return known;
        }
        Throwable copy = new Copy(original.getClass().getName(), allowed(original.getMessage()));
        copies.put(original, copy);
        copy.setStackTrace(original.getStackTrace());
        Throwable cause = original.getCause();
        if (cause != null) {
            Throwable copyOfCause = copy(cause, copies);
            if (copyOfCause != copy) {
                copy.initCause(copyOfCause);
            }
        }
        for (Throwable suppressed : original.getSuppressed()) {
            Throwable copyOfSuppressed = copy(suppressed, copies);
            if (copyOfSuppressed != copy) {
                copy.addSuppressed(copyOfSuppressed);
            }
        }
        return copy;
    }

    private @Nullable String allowed(@Nullable String message) {
        if (message == null || !messages || policy == null) {
            return null;
        }
        Content kept = policy.apply(Content.ofOutput(new Message("error", List.of(new Part.Text(message)), "error")));
        if (kept == null) {
            return null;
        }
        return kept.output().stream()
                .flatMap(said -> said.parts().stream())
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).content())
                .findFirst()
                .orElse(null);
    }

    /** An exception's look, with a message of ours. */
    @SuppressWarnings("serial") // Lives as long as it is printed.
    private static final class Copy extends Throwable {

        private final String className;

        Copy(String className, @Nullable String message) {
            super(message);
            this.className = className;
        }

        // The stack is the original's.
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }

        @Override
        public String toString() {
            String message = getMessage();
            return message == null ? className : className + ": " + message;
        }
    }
}
