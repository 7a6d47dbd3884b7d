/** The simulator as a JUnit 5 extension; needs {@code junit-jupiter-api} 5.9 or later, which the simulator does not bring. */
@NullMarked
package io.bookstore.simulator.junit;

import org.jspecify.annotations.NullMarked;
