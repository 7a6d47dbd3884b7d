/** What a provider says: readable text about the asked book, and how many tokens that is. */
@NullMarked
package io.bookstore.simulator.answer;

import org.jspecify.annotations.NullMarked;
