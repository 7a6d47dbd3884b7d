/** Queries of Prometheus, the catalogue of metrics that they may name, and the text that metrics come in. */
@NullMarked
package io.bookstore.perf.promql;

import org.jspecify.annotations.NullMarked;
