/** Chance that depends on the seed and the request alone, never on the order of arrival. */
@NullMarked
package io.bookstore.simulator.draw;

import org.jspecify.annotations.NullMarked;
