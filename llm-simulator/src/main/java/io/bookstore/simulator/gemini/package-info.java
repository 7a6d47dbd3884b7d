/** The wire format of Google's Gemini API. */
@NullMarked
package io.bookstore.simulator.gemini;

import org.jspecify.annotations.NullMarked;
