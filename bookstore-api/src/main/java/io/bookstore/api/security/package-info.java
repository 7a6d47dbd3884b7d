/** Who may call: API keys and tokens with roles, all off by default; and the headers that keep answers from being misused. */
@NullMarked
package io.bookstore.api.security;

import org.jspecify.annotations.NullMarked;
