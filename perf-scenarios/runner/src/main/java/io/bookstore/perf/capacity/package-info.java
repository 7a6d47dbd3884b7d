/** The search for the highest arrival rate at which a service keeps its limits; it knows nothing of engines or files. */
@NullMarked
package io.bookstore.perf.capacity;

import org.jspecify.annotations.NullMarked;
