/** The kit as its receiver meets it: unpacked somewhere else, against a service that is not ours. */
@NullMarked
package io.bookstore.hub;

import org.jspecify.annotations.NullMarked;
