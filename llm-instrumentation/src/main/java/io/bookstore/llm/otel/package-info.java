/** Writes the measurements into an OpenTelemetry meter provider. */
@NullMarked
package io.bookstore.llm.otel;

import org.jspecify.annotations.NullMarked;
