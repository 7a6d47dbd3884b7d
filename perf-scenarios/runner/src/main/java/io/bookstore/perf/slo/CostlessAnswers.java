package io.bookstore.perf.slo;

import io.bookstore.perf.results.facts.TargetFacts;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts answers that used tokens and told no cost, by their model. Not thread-safe. */
final class CostlessAnswers {

    /** A service that makes up a model for each answer must not fill the memory. */
    private static final int MOST_MODELS = 100;

    private final Map<Model, Long> answers = new LinkedHashMap<>();

    /** @param name null if the answer does not tell it */
    private record Model(
            @Nullable String provider, @Nullable String name) {}

    /** @param tags {@code model} and {@code provider}, as far as the answer tells them */
    void add(Map<String, String> tags, long number) {
        Model model = new Model(tags.get("provider"), tags.get("model"));
        if (answers.containsKey(model) || answers.size() < MOST_MODELS) {
            answers.merge(model, number, Long::sum);
        }
    }

    /** Those of models that have a price; one that the list lacks may have no known cost. */
    List<FreeAnswers> priced(TargetFacts target, ModelPrices prices, LocalDate day) {
        return answers.entrySet().stream()
                .flatMap(each -> priced(each.getKey(), each.getValue(), target, prices, day))
                .toList();
    }

    private static Stream<FreeAnswers> priced(
            Model model, long number, TargetFacts target, ModelPrices prices, LocalDate day) {
        String name = model.name() == null ? target.model() : model.name();
        if (name == null) {
            return Stream.empty();
        }
        String provider = model.provider() == null ? target.provider() : model.provider();
        Optional<ModelPrices.Row> row = prices.of(provider, name, day);
        return row.map(price -> new FreeAnswers(name, number, price.input(), price.output())).stream();
    }
}
