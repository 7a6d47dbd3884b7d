/** How this service reads JSON: strictly. */
@NullMarked
package io.bookstore.api.json;

import org.jspecify.annotations.NullMarked;
