package io.bookstore.k6.options;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.k6.run.RunPlan.Stage;
import io.bookstore.k6.script.ScriptFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object inside {@code options}. Every look-up checks the type.
 *
 * <p>All its methods throw a {@link ScriptFault} with exit code 104 that names the place, the value and the rule.
 */
public final class OptionsNode {
    private final String place;
    private final JsonNode json;

    /** @param place the name of the object in messages, for example {@code options.scenarios.load} */
    public OptionsNode(String place, JsonNode json) {
        if (!json.isObject()) {
            throw ScriptFault.configuration(place + " must be an object, was " + json + ".");
        }
        this.place = place;
        this.json = json;
    }

    public String place(String key) {
        return place + "." + key;
    }

    public boolean has(String key) {
        return json.hasNonNull(key);
    }

    public List<String> keys() {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    public void allowOnly(Set<String> known, String remedy) {
        for (String key : keys()) {
            if (!known.contains(key)) {
                throw ScriptFault.configuration(
                        "%s is not an option the embedded engine knows; %s.".formatted(place(key), remedy));
            }
        }
    }

    Optional<JsonNode> node(String key) {
        return has(key) ? Optional.of(json.get(key)) : Optional.empty();
    }

    public Optional<OptionsNode> object(String key) {
        return node(key).map(value -> new OptionsNode(place(key), value));
    }

    public int integer(String key, int fallback) {
        return Math.toIntExact(wholeNumber(key, fallback));
    }

    long wholeNumber(String key, long fallback) {
        if (!has(key)) {
            return fallback;
        }
        JsonNode value = json.get(key);
        if (value.isIntegralNumber() && value.canConvertToInt()) {
            return value.longValue();
        }
        if (value.isTextual() && value.textValue().matches("-?\\d{1,9}")) {
            return Long.parseLong(value.textValue());
        }
        throw wrong(key, "a whole number", value);
    }

    public int atLeast(int minimum, String key, int fallback) {
        int value = integer(key, fallback);
        if (value < minimum) {
            throw ScriptFault.configuration("%s must be at least %d, was %d.".formatted(place(key), minimum, value));
        }
        return value;
    }

    boolean flag(String key) {
        if (!has(key)) {
            return false;
        }
        JsonNode value = json.get(key);
        if (!value.isBoolean()) {
            throw wrong(key, "true or false", value);
        }
        return value.booleanValue();
    }

    public String text(String key, String fallback) {
        if (!has(key)) {
            return fallback;
        }
        JsonNode value = json.get(key);
        if (!value.isTextual()) {
            throw wrong(key, "a text", value);
        }
        return value.textValue();
    }

    public Duration duration(String key, Duration fallback) {
        return node(key).map(value -> parseDuration(key, value)).orElse(fallback);
    }

    public Duration required(String key) {
        return node(key)
                .map(value -> parseDuration(key, value))
                .orElseThrow(
                        () -> ScriptFault.configuration(place(key) + " is missing; give it a duration like '30s'."));
    }

    public Duration positive(String key, Duration fallback) {
        Duration value = duration(key, fallback);
        if (value.isZero()) {
            throw ScriptFault.configuration(place(key) + " must be longer than 0s.");
        }
        return value;
    }

    /** Reads a duration of 1 s or more, k6's minimum for the duration of a scenario; missing is an error. */
    public Duration atLeastOneSecond(String key) {
        return requireOneSecond(key, required(key));
    }

    public Duration atLeastOneSecond(String key, Duration fallback) {
        return requireOneSecond(key, duration(key, fallback));
    }

    private Duration requireOneSecond(String key, Duration value) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0) {
            throw ScriptFault.configuration(
                    "%s must be at least 1s, was %dms.".formatted(place(key), value.toMillis()));
        }
        return value;
    }

    List<String> texts(String key, List<String> fallback) {
        if (!has(key)) {
            return fallback;
        }
        JsonNode value = json.get(key);
        List<String> texts = new ArrayList<>();
        for (JsonNode item : value) {
            if (!value.isArray() || !item.isTextual()) {
                throw wrong(key, "an array of texts", value);
            }
            texts.add(item.textValue());
        }
        if (!value.isArray()) {
            throw wrong(key, "an array of texts", value);
        }
        return texts;
    }

    public Map<String, String> textMap(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(key)
                .ifPresent(map -> map.json.properties().forEach(entry -> {
                    if (!entry.getValue().isTextual()) {
                        throw map.wrong(entry.getKey(), "a text", entry.getValue());
                    }
                    texts.put(entry.getKey(), entry.getValue().textValue());
                }));
        return texts;
    }

    public List<Stage> stages() {
        return stages(null);
    }

    /** @param fallback the duration of a stage that does not say it; null if each has to */
    public List<Stage> stages(@Nullable Duration fallback) {
        JsonNode value = node("stages")
                .orElseThrow(
                        () -> ScriptFault.configuration(place("stages") + " is missing; give it an array of stages."));
        if (!value.isArray()) {
            throw wrong("stages", "an array", value);
        }
        List<Stage> stages = new ArrayList<>();
        for (JsonNode item : value) {
            OptionsNode stage = new OptionsNode(place("stages[" + stages.size() + "]"), item);
            stage.allowOnly(Set.of("duration", "target"), "a stage has duration and target");
            if (!stage.has("target")) {
                throw ScriptFault.configuration(stage.place("target") + " is missing; give it a whole number.");
            }
            Duration duration = fallback == null ? stage.required("duration") : stage.duration("duration", fallback);
            stages.add(new Stage(duration, stage.atLeast(0, "target", 0)));
        }
        return stages;
    }

    private Duration parseDuration(String key, JsonNode value) {
        Optional<Duration> parsed = value.isNumber()
                ? Optional.of(DurationText.ofMillis(value.doubleValue()))
                : DurationText.parse(value.isTextual() ? value.textValue() : "");
        Duration duration = parsed.orElseThrow(() -> wrong(key, "a duration like '30s'", value));
        if (duration.isNegative()) {
            throw ScriptFault.configuration("%s must not be negative, was %s.".formatted(place(key), value));
        }
        return duration;
    }

    private ScriptFault wrong(String key, String expected, JsonNode value) {
        return ScriptFault.configuration("%s must be %s, was %s.".formatted(place(key), expected, value));
    }
}
