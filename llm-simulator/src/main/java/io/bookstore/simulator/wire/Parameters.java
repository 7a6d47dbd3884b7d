package io.bookstore.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parameters of one kind of request, and what becomes of each. Nothing that a request asks for is dropped silently. */
public final class Parameters {

    /** The treatment of a parameter. */
    public enum Treatment {
        /** The answer follows it. */
        HONOURED,
        /** A value that the provider would refuse is refused; any other changes nothing. */
        CHECKED,
        /** Refused in the provider's words, unless its value asks for nothing. */
        REFUSED,
        /** It has no effect on the answer with the provider either. */
        IGNORED
    }

    private static final Set<String> ASKS_FOR_NOTHING = Set.of("null", "false", "[]", "\"\"", "0");

    private final String title;
    private final Map<String, Treatment> known = new LinkedHashMap<>();
    private final Map<String, String> defaults = new LinkedHashMap<>();

    private Parameters(String title) {
        this.title = title;
    }

    /** @param title the request, as the documentation names it */
    public static Parameters of(String title) {
        return new Parameters(title);
    }

    public Parameters honoured(String... names) {
        return with(Treatment.HONOURED, names);
    }

    public Parameters checked(String... names) {
        return with(Treatment.CHECKED, names);
    }

    public Parameters refused(String... names) {
        return with(Treatment.REFUSED, names);
    }

    public Parameters ignored(String... names) {
        return with(Treatment.IGNORED, names);
    }

    /** A parameter that is refused unless it has this value. */
    public Parameters refusedUnless(String name, String harmless) {
        defaults.put(name, harmless);
        return with(Treatment.REFUSED, name);
    }

    private Parameters with(Treatment treatment, String... names) {
        for (String name : names) {
            known.put(name, treatment);
        }
        return this;
    }

    public String title() {
        return title;
    }

    /** The treatment of each parameter by its name. */
    public Map<String, Treatment> known() {
        return Collections.unmodifiableMap(known);
    }

    /**
     * Refuses a request with a parameter that is not done, or not known.
     *
     * @param unsupported the refusal of a known one
     * @param unknown     the refusal of an unknown one; null if the provider ignores it
     */
    public void check(
            JsonNode body,
            Function<String, RefusedException> unsupported,
            @Nullable Function<String, RefusedException> unknown) {
        for (Iterator<Map.Entry<String, JsonNode>> fields = body.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            Treatment treatment = known.get(field.getKey());
            if (treatment == null && unknown != null) {
                throw unknown.apply(field.getKey());
            }
            if (treatment == Treatment.REFUSED && asksForSomething(field.getKey(), field.getValue())) {
                throw unsupported.apply(field.getKey());
            }
        }
    }

    private boolean asksForSomething(String name, JsonNode value) {
        if (value.isObject()) {
            boolean something = false;
            for (Iterator<JsonNode> members = value.elements(); members.hasNext(); ) {
                something |= asksForSomething("", members.next());
            }
            return something && !value.toString().equals(defaults.get(name));
        }
        String text = value.toString();
        return !ASKS_FOR_NOTHING.contains(text) && !text.equals(defaults.get(name));
    }
}
