package io.bookstore.llm.cost;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What a call cost.
 *
 * @param usd       US dollars, exact
 * @param priceDate when the price was checked
 */
public record Cost(BigDecimal usd, LocalDate priceDate) {}
