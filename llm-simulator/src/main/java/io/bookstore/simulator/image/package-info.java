/** Pictures in a prompt: their size, and the tokens that each provider bills for it. */
@NullMarked
package io.bookstore.simulator.image;

import org.jspecify.annotations.NullMarked;
