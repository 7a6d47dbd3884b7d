/**
 * The events of the JDK's Flight Recorder.
 *
 * <p>Internal: no part of the API, and not exported.
 */
@NullMarked
package io.bookstore.llm.internal.jfr;

import org.jspecify.annotations.NullMarked;
