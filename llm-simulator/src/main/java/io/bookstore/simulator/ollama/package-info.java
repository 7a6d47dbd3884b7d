/** The wire format of Ollama. */
@NullMarked
package io.bookstore.simulator.ollama;

import org.jspecify.annotations.NullMarked;
