/** Every wire name, unit and bucket list, once; and the choices of names that a host has. */
@NullMarked
package io.bookstore.llm.semconv;

import org.jspecify.annotations.NullMarked;
