/** What a connection may cost before there is a request to answer. */
@NullMarked
package io.bookstore.api.connection;

import org.jspecify.annotations.NullMarked;
