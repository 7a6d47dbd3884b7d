package io.bookstore.perf.slo;

/**
 * Answers of a model that used tokens and told a cost of 0 or none, though the price list has the model.
 *
 * @param model     as the service names it
 * @param inputUsd  list price of a million input tokens
 * @param outputUsd list price of a million output tokens
 */
public record FreeAnswers(String model, long answers, double inputUsd, double outputUsd) {}
