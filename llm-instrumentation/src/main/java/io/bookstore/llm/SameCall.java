package io.bookstore.llm;

import io.bookstore.llm.operation.InferenceRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recognizes one call that two layers of a host describe. */
final class SameCall {

    // One layer may say gpt-4o and another gpt-4o-2024-08-06; gpt-4o-mini and claude-opus-4-5 are models of their own.
    private static final Pattern VERSION = Pattern.compile("|[-@:](latest|v\\d.*|\\d{4}.*)");

    private SameCall() {}

    /** Returns whether both describe one call, as two layers see it; names of providers differ there. */
    static boolean describedBy(InferenceRequest outer, InferenceRequest inner) {
        return outer.operation().equals(inner.operation()) && isSameModel(outer.model(), inner.model());
    }

    private static boolean isSameModel(@Nullable String one, @Nullable String other) {
        return one == null || other == null || isVersionOf(one, other) || isVersionOf(other, one);
    }

    private static boolean isVersionOf(String version, String model) {
        return version.startsWith(model)
                && VERSION.matcher(version.substring(model.length())).matches();
    }
}
