/**
 * Spans, metrics, tokens and cost of a call to a large language model, whoever makes it: the one door, {@code GenAiTelemetry}, and
 * the handles of calls, tools, retrievals and agents under way.
 */
@NullMarked
package io.bookstore.llm;

import org.jspecify.annotations.NullMarked;
