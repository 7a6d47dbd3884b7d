package io.bookstore.console.traces;

import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A choice of calls; null means any.
 *
 * @param error {@code any} for every call that failed, or the kind of failure
 * @param text  a part of a name or id of the call, in small or capital letters
 */
public record CallFilter(
        @Nullable String model,
        @Nullable String service,
        @Nullable String conversation,
        @Nullable String error,
        @Nullable String text) {

    /** Every call. */
    public static final CallFilter ALL = new CallFilter(null, null, null, null, null);

    public CallFilter {
        text = text == null ? null : text.strip().toLowerCase(Locale.ROOT);
    }

    boolean matches(Call call) {
        return same(model, call.request().model())
                && same(service, call.service())
                && same(conversation, call.request().conversation())
                && failed(call.answer().error())
                && contains(call);
    }

    private static boolean same(@Nullable String wanted, @Nullable String actual) {
        return wanted == null || wanted.equals(actual);
    }

    private boolean failed(@Nullable String actual) {
        return error == null || (error.equals("any") ? actual != null : error.equals(actual));
    }

    private boolean contains(Call call) {
        String part = text;
        return part == null
                || Stream.of(
                                call.request().model(),
                                call.request().provider(),
                                call.request().operation(),
                                call.request().conversation(),
                                call.service(),
                                call.answer().error(),
                                call.answer().finishReason(),
                                call.traceId(),
                                call.spanId())
                        .anyMatch(name ->
                                name != null && name.toLowerCase(Locale.ROOT).contains(part));
    }
}
