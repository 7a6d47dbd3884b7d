/** The port to a metrics backend, apart because all that measures is built on it; its implementations stand beside it. */
@NullMarked
package io.bookstore.llm.metrics;

import org.jspecify.annotations.NullMarked;
