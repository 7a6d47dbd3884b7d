/** Measures the models among the beans of a Spring Boot application; the README says how. */
@NullMarked
package io.bookstore.llm.spring;

import org.jspecify.annotations.NullMarked;
