/** The fit of a profile to calls that were measured. */
@NullMarked
package io.bookstore.simulator.fit;

import org.jspecify.annotations.NullMarked;
