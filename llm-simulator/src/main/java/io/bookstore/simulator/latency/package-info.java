/** When a provider of a certain class sends what: profiles, and the plan they make for one attempt. */
@NullMarked
package io.bookstore.simulator.latency;

import org.jspecify.annotations.NullMarked;
