/**
 * The one door of the library, {@code GenAiTelemetry}, and the handles of calls, tools, retrievals and agents under way. It joins
 * what the packages below it do: they see neither it nor each other but in one direction.
 */
@NullMarked
package io.bookstore.llm;

import org.jspecify.annotations.NullMarked;
