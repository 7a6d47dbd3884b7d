package io.bookstore.llm.cost;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The cost of a call.
 *
 * @param usd       US dollars, exact
 * @param priceDate when the price was checked; null if the provider itself said what the call cost
 */
public record Cost(BigDecimal usd, @Nullable LocalDate priceDate) {

    public Cost {
        Objects.requireNonNull(usd, "usd");
    }

    /** Returns a cost that the provider itself reported, in US dollars. */
    public static Cost reported(BigDecimal usd) {
        return new Cost(usd, null);
    }
}
