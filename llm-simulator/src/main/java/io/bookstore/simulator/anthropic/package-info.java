/** The wire format of Anthropic's Messages API. */
@NullMarked
package io.bookstore.simulator.anthropic;

import org.jspecify.annotations.NullMarked;
