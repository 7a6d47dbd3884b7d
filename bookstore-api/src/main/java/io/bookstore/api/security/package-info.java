/** API keys and tokens with roles, all off by default; and the rule against pages of other sites. */
@NullMarked
package io.bookstore.api.security;

import org.jspecify.annotations.NullMarked;
