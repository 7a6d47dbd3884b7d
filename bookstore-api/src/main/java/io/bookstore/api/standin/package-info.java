/** What runs inside the service because nothing real was configured: MongoDB and the LLM provider. */
@NullMarked
package io.bookstore.api.standin;

import org.jspecify.annotations.NullMarked;
