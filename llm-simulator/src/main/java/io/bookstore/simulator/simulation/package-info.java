/** What a provider does with one request, and when: everything but the network. */
@NullMarked
package io.bookstore.simulator.simulation;

import org.jspecify.annotations.NullMarked;
