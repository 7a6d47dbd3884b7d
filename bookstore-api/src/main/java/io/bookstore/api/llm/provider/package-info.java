/** The providers: one client for each wire format, its settings, and what its failures mean. */
@NullMarked
package io.bookstore.api.llm.provider;

import org.jspecify.annotations.NullMarked;
