/** Every wire name, unit and bucket list, once. */
@NullMarked
package io.bookstore.llm.semconv;

import org.jspecify.annotations.NullMarked;
