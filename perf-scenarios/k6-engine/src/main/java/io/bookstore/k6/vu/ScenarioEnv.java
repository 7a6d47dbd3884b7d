package io.bookstore.k6.vu;

import io.bookstore.k6.script.ScriptContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** The variables that a scenario puts into {@code __ENV}, and the values that come back after it. */
final class ScenarioEnv {

    private final Map<String, @Nullable String> before = new LinkedHashMap<>();

    /** Puts the variables of another scenario in place of those of the last one. */
    void apply(Map<String, String> env, ScriptContext script) {
        before.forEach((key, value) -> script.internal("setEnv", key, script.value(value)));
        before.clear();
        env.forEach((key, value) -> {
            Value own = script.internal("getEnv", key);
            before.put(key, own.isNull() ? null : own.asString());
            script.internal("setEnv", key, value);
        });
    }
}
