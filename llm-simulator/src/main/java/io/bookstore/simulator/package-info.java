/** A server that answers as the LLM providers do, free of charge and the same on every run. */
@NullMarked
package io.bookstore.simulator;

import org.jspecify.annotations.NullMarked;
