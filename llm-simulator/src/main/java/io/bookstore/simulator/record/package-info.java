/** Recordings of real answers: how they are made, replayed and compared. */
@NullMarked
package io.bookstore.simulator.record;

import org.jspecify.annotations.NullMarked;
