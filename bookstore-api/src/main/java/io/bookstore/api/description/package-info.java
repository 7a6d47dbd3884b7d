/** The description of the API, made from the code when it is compiled, and pages that show it. */
@NullMarked
package io.bookstore.api.description;

import org.jspecify.annotations.NullMarked;
