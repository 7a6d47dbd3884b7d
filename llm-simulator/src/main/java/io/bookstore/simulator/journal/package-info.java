/** What the simulator really did, attempt by attempt: the truth a measuring tool is checked against. */
@NullMarked
package io.bookstore.simulator.journal;

import org.jspecify.annotations.NullMarked;
