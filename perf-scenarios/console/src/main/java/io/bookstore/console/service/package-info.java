/** A service as its health and its metrics show it. */
@NullMarked
package io.bookstore.console.service;

import org.jspecify.annotations.NullMarked;
