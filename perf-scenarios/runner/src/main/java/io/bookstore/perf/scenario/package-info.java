/** The named scenarios and the variables of the scripts, as each script's {@code meta} says. */
@NullMarked
package io.bookstore.perf.scenario;

import org.jspecify.annotations.NullMarked;
