/** The engine that needs nothing but a JVM. */
@NullMarked
package io.bookstore.perf.engine.embedded;

import org.jspecify.annotations.NullMarked;
