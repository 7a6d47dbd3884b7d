/** k6's executors: who starts an iteration, when, and when it is cut off. */
@NullMarked
package io.bookstore.k6.executor;

import org.jspecify.annotations.NullMarked;
