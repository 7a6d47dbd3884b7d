/** k6's executors: when an iteration starts, on which virtual user, and when it is cut off. */
@NullMarked
package io.bookstore.k6.executor;

import org.jspecify.annotations.NullMarked;
