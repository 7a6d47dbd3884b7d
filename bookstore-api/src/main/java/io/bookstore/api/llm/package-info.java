/** The gateway to the providers: chooses them, makes the attempts of a call, and tells telemetry. */
@NullMarked
package io.bookstore.api.llm;

import org.jspecify.annotations.NullMarked;
