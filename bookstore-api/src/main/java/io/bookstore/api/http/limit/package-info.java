/** The limit of requests per client, so that each one leaves something for the others. */
@NullMarked
package io.bookstore.api.http.limit;

import org.jspecify.annotations.NullMarked;
