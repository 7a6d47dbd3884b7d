/** {@code llm-perf check-spans}: the telemetry of any service, judged by the tables of {@code io.bookstore.llm.testing}. */
@NullMarked
package io.bookstore.genai.spans;

import org.jspecify.annotations.NullMarked;
