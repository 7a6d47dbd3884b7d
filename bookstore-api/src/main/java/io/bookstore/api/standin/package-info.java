/** Stand-ins for MongoDB and the LLM provider, which run inside the service when nothing real is configured. */
@NullMarked
package io.bookstore.api.standin;

import org.jspecify.annotations.NullMarked;
