/** Routes for a first look and for load tests: sample data, and errors on demand. */
@NullMarked
package io.bookstore.api.demo;

import org.jspecify.annotations.NullMarked;
