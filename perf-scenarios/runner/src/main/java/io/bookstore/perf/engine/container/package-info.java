/** Runs scripts in the {@code grafana/k6} image through Testcontainers. */
@NullMarked
package io.bookstore.perf.engine.container;

import org.jspecify.annotations.NullMarked;
