/** Rules that the measurement itself must keep, so that its figures may be judged. */
@NullMarked
package io.bookstore.perf.validity;

import org.jspecify.annotations.NullMarked;
