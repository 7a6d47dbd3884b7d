/** The one format in which every engine hands over what it measured: k6's metrics and samples. */
@NullMarked
package io.bookstore.perf.metrics;

import org.jspecify.annotations.NullMarked;
