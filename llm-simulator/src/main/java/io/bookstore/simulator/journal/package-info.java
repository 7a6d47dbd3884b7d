/** The record of each attempt: the truth that a measuring tool is checked against. */
@NullMarked
package io.bookstore.simulator.journal;

import org.jspecify.annotations.NullMarked;
