/** Queries of Prometheus and the catalogue of metrics that they may name. */
@NullMarked
package io.bookstore.perf.promql;

import org.jspecify.annotations.NullMarked;
