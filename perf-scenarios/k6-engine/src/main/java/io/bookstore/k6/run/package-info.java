/** A run as its caller sees it: the request, the plan, the listener, and the outcome with k6's exit code. */
@NullMarked
package io.bookstore.k6.run;

import org.jspecify.annotations.NullMarked;
