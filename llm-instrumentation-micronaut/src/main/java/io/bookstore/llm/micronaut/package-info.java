/** Measures the models among the beans of a Micronaut application; the README says how. */
@NullMarked
package io.bookstore.llm.micronaut;

import org.jspecify.annotations.NullMarked;
