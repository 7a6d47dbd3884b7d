/**
 * Parts for the module of an application framework, such as those for Spring Boot and Micronaut: telemetry from an application's
 * beans and properties, and models that stay beans.
 */
@NullMarked
package io.bookstore.llm.framework;

import org.jspecify.annotations.NullMarked;
