/** What every answer says about itself. */
@NullMarked
package io.bookstore.api.headers;

import org.jspecify.annotations.NullMarked;
