/** What goes wrong on purpose: kinds of faults, and the plan that says when and how often. */
@NullMarked
package io.bookstore.simulator.fault;

import org.jspecify.annotations.NullMarked;
