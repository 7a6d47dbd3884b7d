/** The admin API of a simulator that stands in for an LLM provider, as the console reads and changes it. */
@NullMarked
package io.bookstore.console.provider;

import org.jspecify.annotations.NullMarked;
