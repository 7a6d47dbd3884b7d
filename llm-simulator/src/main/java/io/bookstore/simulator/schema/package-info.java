/** JSON schemas as clients send them, and documents drawn from them by key. */
@NullMarked
package io.bookstore.simulator.schema;

import org.jspecify.annotations.NullMarked;
