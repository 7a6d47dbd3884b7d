package io.bookstore.llm.budget;

import java.time.Instant;

/**
 * The counter of one budget, key and period.
 *
 * @param budget the name of the budget; empty for one that shares its store with no other
 * @param key the tenant, user or feature whose spending it counts; empty for a budget without keys
 * @param start the first moment of the period
 * @param end the first moment after the period, from which on nothing asks for the counter
 */
public record BudgetCounter(String budget, String key, Instant start, Instant end) {}
