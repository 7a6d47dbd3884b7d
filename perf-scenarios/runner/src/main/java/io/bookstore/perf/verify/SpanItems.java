package io.bookstore.perf.verify;

import static java.util.Map.entry;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.record.CallSpan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The items about the spans of calls to models, by OpenTelemetry's conventions for GenAI (v1.37.0 to v1.41.1). */
final class SpanItems {

    private static final String OPERATION = "gen_ai.operation.name";
    private static final String MODEL = "gen_ai.request.model";

    /** The operations whose spans are named by their model. */
    private static final Set<String> NAMED_BY_MODEL =
            Set.of("chat", "generate_content", "text_completion", "embeddings");

    /** The form of attributes that tools calculate with, or look up. */
    private static final Map<String, Class<?>> FORMS = Map.ofEntries(
            entry(OPERATION, String.class),
            entry("gen_ai.provider.name", String.class),
            entry(MODEL, String.class),
            entry("gen_ai.response.model", String.class),
            entry("gen_ai.response.finish_reasons", List.class),
            entry("gen_ai.usage.input_tokens", Long.class),
            entry("gen_ai.usage.output_tokens", Long.class),
            entry("gen_ai.request.max_tokens", Long.class));

    private static final Map<Class<?>, String> WORDS =
            Map.of(String.class, "text", List.class, "list", Long.class, "whole number");

    private final List<CallSpan> calls;
    private final ItemList items;

    SpanItems(List<CallSpan> calls, ItemList items) {
        this.calls = calls;
        this.items = items;
    }

    void look() {
        judge(
                "span-names",
                "A span of a call is named by its operation and its model",
                SpanItems::wrongName,
                "Name it \"{gen_ai.operation.name} {gen_ai.request.model}\".");
        judge(
                "span-attributes",
                "A span of a call has the attributes that the conventions require, in their form",
                SpanItems::wrongAttribute,
                "Set the attributes of the GenAI conventions; a newer instrumentation may do so by itself.");
    }

    private void judge(String name, String rule, Function<CallSpan, @Nullable String> judge, String remedy) {
        if (calls.isEmpty()) {
            items.unknown(name, rule, RunItems.NO_SPANS, RunItems.EXPORT_SPANS);
            return;
        }
        List<String> wrong = calls.stream()
                .map(judge)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        if (wrong.isEmpty()) {
            items.pass(name, rule, Quantity.count(calls.size()) + " of " + Quantity.count(calls.size(), "span"));
        } else {
            items.fail(
                    name,
                    rule,
                    Quantity.count(wrong.size()) + " of " + Quantity.count(calls.size(), "span") + ": " + wrong.get(0),
                    remedy);
        }
    }

    private static @Nullable String wrongName(CallSpan call) {
        Object operation = call.attributes().get(OPERATION);
        if (operation == null || !NAMED_BY_MODEL.contains(operation)) {
            return null;
        }
        Object model = call.attributes().get(MODEL);
        String right = model == null ? operation.toString() : operation + " " + model;
        return call.name().equals(right) ? null : "\"" + call.name() + "\" in place of \"" + right + "\"";
    }

    private static @Nullable String wrongAttribute(CallSpan call) {
        Map<String, Object> attributes = call.attributes();
        return Stream.of(missing(attributes), wrongForm(attributes), wrongError(call))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String missing(Map<String, Object> attributes) {
        return Stream.of(OPERATION, "gen_ai.provider.name", MODEL)
                .filter(required -> !attributes.containsKey(required))
                .findFirst()
                .map(required -> "no " + required)
                .orElse(null);
    }

    private static @Nullable String wrongForm(Map<String, Object> attributes) {
        return attributes.keySet().stream()
                .filter(FORMS::containsKey)
                .sorted()
                .filter(name -> !form(name).isInstance(attributes.get(name)))
                .findFirst()
                .map(name -> name + " is no " + WORDS.get(form(name)) + ": " + attributes.get(name))
                .orElse(null);
    }

    private static Class<?> form(String name) {
        return Objects.requireNonNull(FORMS.get(name));
    }

    private static @Nullable String wrongError(CallSpan call) {
        boolean typed = call.attributes().containsKey("error.type");
        if (call.failed() == typed) {
            return null;
        }
        return call.failed() ? "the status is an error, and there is no error.type" : "error.type without an error";
    }
}
