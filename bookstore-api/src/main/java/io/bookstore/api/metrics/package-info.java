/** The Prometheus scrape and the HTTP server metric. */
@NullMarked
package io.bookstore.api.metrics;

import org.jspecify.annotations.NullMarked;
