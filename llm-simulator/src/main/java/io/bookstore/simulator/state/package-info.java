/** The responses, conversations, files and batches that a provider keeps from one request to the next. */
@NullMarked
package io.bookstore.simulator.state;

import org.jspecify.annotations.NullMarked;
