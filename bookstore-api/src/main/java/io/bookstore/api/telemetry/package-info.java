/** Metrics and traces of the service, and the health of the collector that takes them. */
@NullMarked
package io.bookstore.api.telemetry;

import org.jspecify.annotations.NullMarked;
