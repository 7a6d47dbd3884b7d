/** The engines that run a k6 script: one interface, an implementation in each package below. */
@NullMarked
package io.bookstore.perf.engine;

import org.jspecify.annotations.NullMarked;
