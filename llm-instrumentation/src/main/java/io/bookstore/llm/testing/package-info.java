/** Checks for the tests of a service that its exports conform to the GenAI conventions. Needs the OpenTelemetry SDK. */
@NullMarked
package io.bookstore.llm.testing;

import org.jspecify.annotations.NullMarked;
