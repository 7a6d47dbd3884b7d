/** Faults on purpose: their kinds, and the plan that tells when and how often they strike. */
@NullMarked
package io.bookstore.simulator.fault;

import org.jspecify.annotations.NullMarked;
