/** The times of a provider: profiles, and the plan they make for one attempt. */
@NullMarked
package io.bookstore.simulator.latency;

import org.jspecify.annotations.NullMarked;
