/** One request of each operation of a described service: the status, the stream, and how each field of the answer was read. */
@NullMarked
package io.bookstore.perf.probe;

import org.jspecify.annotations.NullMarked;
