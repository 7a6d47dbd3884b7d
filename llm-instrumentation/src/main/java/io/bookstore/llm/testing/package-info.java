/** For the tests of a service: does what it exports conform to the GenAI conventions? Needs the OpenTelemetry SDK. */
@NullMarked
package io.bookstore.llm.testing;

import org.jspecify.annotations.NullMarked;
