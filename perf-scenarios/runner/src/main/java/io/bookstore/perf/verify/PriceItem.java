package io.bookstore.perf.verify;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.slo.ListPrice;
import io.bookstore.perf.verify.ServiceFacts.Response;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The item about the cost that an answer tells: does it fit the tokens that it tells too. */
final class PriceItem {

    private static final String NAME = "cost-price";
    private static final String RULE = "A cost fits the tokens by the model's list price";

    /** A service may have a price of its own, so only a cost is wrong that no discount explains. */
    private static final double TOLERANCE = 2;

    private final ServiceFacts facts;
    private final LocalDate today;
    private final ItemList items;

    PriceItem(ServiceFacts facts, LocalDate today, ItemList items) {
        this.facts = facts;
        this.today = today;
        this.items = items;
    }

    void look() {
        List<String> wrong = new ArrayList<>();
        int judged = 0;
        for (Response answer : facts.answers()) {
            Double usd = answer.figure("costUsd");
            Optional<ListPrice> price = price(answer);
            if (usd != null && usd > 0 && price.isPresent()) {
                judged++;
                if (!fits(usd, price.get())) {
                    wrong.add(shown(usd, price.get(), answer));
                }
            }
        }
        if (judged == 0) {
            items.unknown(
                    NAME,
                    RULE,
                    "no answer tells cost, tokens and a model that has a list price",
                    "Name their places in the descriptor: answer.costUsd, answer.model and those of the tokens.");
        } else if (wrong.isEmpty()) {
            items.pass(NAME, RULE, Quantity.count(judged) + " of " + Quantity.count(judged, "answer"));
        } else {
            items.fail(
                    NAME,
                    RULE,
                    Quantity.count(wrong.size()) + " of " + Quantity.count(judged, "answer") + ": " + wrong.get(0),
                    "Compare the service's prices, and their unit, with the provider's: most are for a million tokens.");
        }
    }

    private Optional<ListPrice> price(Response answer) {
        Double input = answer.figure("inputTokens");
        Double output = answer.figure("outputTokens");
        String model = text(answer, "model");
        return input == null || output == null || output <= 0 || model == null
                ? Optional.empty()
                : ListPrice.of(text(answer, "provider"), model, input, output, today);
    }

    private static boolean fits(double usd, ListPrice price) {
        return usd >= price.leastUsd() / TOLERANCE && usd <= price.mostUsd() * TOLERANCE;
    }

    private static String shown(double usd, ListPrice price, Response answer) {
        return String.format(
                Locale.ROOT,
                "$%.6f for %s, by the list $%.6f to $%.6f",
                usd,
                text(answer, "model"),
                price.leastUsd(),
                price.mostUsd());
    }

    private static @Nullable String text(Response answer, String name) {
        Map<String, @Nullable Object> told = answer.told();
        return told != null && told.get(name) instanceof String text ? text : null;
    }
}
