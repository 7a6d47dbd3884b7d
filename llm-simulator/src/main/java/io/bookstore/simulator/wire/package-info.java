/** The common parts of all wire formats: routes, a request for an answer, an answer, a refusal. */
@NullMarked
package io.bookstore.simulator.wire;

import org.jspecify.annotations.NullMarked;
