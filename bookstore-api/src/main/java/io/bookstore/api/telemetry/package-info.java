/** Traces: their end when the service ends. */
@NullMarked
package io.bookstore.api.telemetry;

import org.jspecify.annotations.NullMarked;
