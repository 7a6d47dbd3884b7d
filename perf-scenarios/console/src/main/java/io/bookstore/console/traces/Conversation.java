package io.bookstore.console.traces;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The calls that share a conversation id. Sums are those of the calls that tell the figure; null if none does.
 *
 * @param lastMs start of the newest call, in milliseconds since 1970
 */
public record Conversation(
        String id,
        int calls,
        int failed,
        List<String> models,
        @Nullable Long inputTokens,
        @Nullable Long outputTokens,
        @Nullable Double costUsd,
        long lastMs) {

    /** @param calls the newest first */
    static List<Conversation> of(Collection<Call> calls) {
        Map<String, List<Call>> byId = new LinkedHashMap<>();
        for (Call call : calls) {
            String id = call.request().conversation();
            if (id != null) {
                byId.computeIfAbsent(id, any -> new ArrayList<>()).add(call);
            }
        }
        return byId.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Conversation of(String id, List<Call> calls) {
        TreeSet<String> models = new TreeSet<>();
        calls.stream()
                .map(call -> call.request().model())
                .filter(Objects::nonNull)
                .forEach(models::add);
        return new Conversation(
                id,
                calls.size(),
                (int) calls.stream()
                        .filter(call -> call.answer().error() != null)
                        .count(),
                List.copyOf(models),
                tokens(calls, call -> call.usage().inputTokens()),
                tokens(calls, call -> call.usage().outputTokens()),
                sum(calls, call -> call.usage().costUsd()),
                calls.get(0).startMs());
    }

    private static @Nullable Long tokens(List<Call> calls, Function<Call, @Nullable Long> figure) {
        Double sum = sum(calls, figure);
        return sum == null ? null : Long.valueOf(sum.longValue());
    }

    private static @Nullable Double sum(List<Call> calls, Function<Call, ? extends @Nullable Number> figure) {
        List<? extends Number> known =
                calls.stream().map(figure).filter(Objects::nonNull).toList();
        return known.isEmpty()
                ? null
                : Double.valueOf(known.stream().mapToDouble(Number::doubleValue).sum());
    }
}
