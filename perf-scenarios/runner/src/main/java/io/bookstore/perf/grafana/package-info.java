/** The marks of runs in Grafana: one region for each run, over the charts of the service that it loaded. */
@NullMarked
package io.bookstore.perf.grafana;

import org.jspecify.annotations.NullMarked;
