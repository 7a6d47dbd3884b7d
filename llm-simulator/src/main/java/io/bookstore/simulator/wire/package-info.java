/** What every wire format has in common: routes, a request to generate, an answer, a refusal. */
@NullMarked
package io.bookstore.simulator.wire;

import org.jspecify.annotations.NullMarked;
