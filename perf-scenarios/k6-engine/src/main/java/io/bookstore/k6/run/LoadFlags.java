package io.bookstore.k6.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The amount of load, as k6's flags of the same names have it. What is given goes before {@code K6_*} variables and the
 * script's options; any of duration, iterations and stages replaces the other two and the scenarios.
 *
 * @param vus        virtual users; null if not given
 * @param duration   in k6's notation, such as {@code 1m30s}; null if not given
 * @param iterations shared by the virtual users; null if not given
 * @param stages     each as {@code duration:target}; empty if not given
 */
public record LoadFlags(
        @Nullable Integer vus,
        @Nullable String duration,
        @Nullable Integer iterations,
        List<String> stages) {

    /** The amount that the script says. */
    public static final LoadFlags NONE = new LoadFlags(null, null, null, List.of());

    public LoadFlags {
        stages = List.copyOf(stages);
    }

    /** The same as k6's variables, {@code K6_VUS} and so on. */
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        if (vus != null) {
            variables.put("K6_VUS", vus.toString());
        }
        if (duration != null) {
            variables.put("K6_DURATION", duration);
        }
        if (iterations != null) {
            variables.put("K6_ITERATIONS", iterations.toString());
        }
        if (!stages.isEmpty()) {
            variables.put("K6_STAGES", String.join(",", stages));
        }
        return variables;
    }

    /** The same as arguments of {@code k6 run}. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        variables().forEach((variable, value) -> {
            arguments.add(
                    variable.equals("K6_STAGES")
                            ? "--stage"
                            : "--" + variable.substring(3).toLowerCase(Locale.ROOT));
            arguments.add(value);
        });
        return arguments;
    }
}
