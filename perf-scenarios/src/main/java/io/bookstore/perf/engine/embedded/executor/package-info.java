/** k6's executors: who starts an iteration, when, and when it is cut off. */
@NullMarked
package io.bookstore.perf.engine.embedded.executor;

import org.jspecify.annotations.NullMarked;
