/** Benchmarks of a measured call beside one that is not; run by {@code make bench}, never by a test. */
@NullMarked
package io.bookstore.llm.bench;

import org.jspecify.annotations.NullMarked;
