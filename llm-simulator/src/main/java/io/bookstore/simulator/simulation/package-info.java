/** The decisions of a provider on one request: everything but the network. */
@NullMarked
package io.bookstore.simulator.simulation;

import org.jspecify.annotations.NullMarked;
