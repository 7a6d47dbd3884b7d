/** The text of answers: sentences about the asked book, and their tokens. */
@NullMarked
package io.bookstore.simulator.answer;

import org.jspecify.annotations.NullMarked;
