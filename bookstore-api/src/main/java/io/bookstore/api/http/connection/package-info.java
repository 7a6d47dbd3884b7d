/** The connection a request comes on: its deadlines, the rules for its head, and the client at its other end. */
@NullMarked
package io.bookstore.api.http.connection;

import org.jspecify.annotations.NullMarked;
