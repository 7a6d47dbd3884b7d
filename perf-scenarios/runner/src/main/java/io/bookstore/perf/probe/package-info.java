/** The probe of a described service: one request of each operation, and how each field of the answer was read. */
@NullMarked
package io.bookstore.perf.probe;

import org.jspecify.annotations.NullMarked;
