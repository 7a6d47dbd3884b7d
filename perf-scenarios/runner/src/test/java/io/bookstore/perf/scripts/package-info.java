/** The k6 scripts themselves: what they check, and what crosses their limits. */
@NullMarked
package io.bookstore.perf.scripts;

import org.jspecify.annotations.NullMarked;
