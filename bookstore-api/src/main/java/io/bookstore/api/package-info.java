/** The process: it starts the service with its stand-ins, says what it is, and stops it; a package below for each feature. */
@NullMarked
package io.bookstore.api;

import org.jspecify.annotations.NullMarked;
