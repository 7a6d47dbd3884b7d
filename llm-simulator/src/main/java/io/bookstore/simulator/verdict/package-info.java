/** The verdicts on clients, judged by the journal once a run is over. */
@NullMarked
package io.bookstore.simulator.verdict;

import org.jspecify.annotations.NullMarked;
