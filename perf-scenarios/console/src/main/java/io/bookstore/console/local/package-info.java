/** Other programs of this machine: their addresses, and requests to them. */
@NullMarked
package io.bookstore.console.local;

import org.jspecify.annotations.NullMarked;
