/** Own answers: rules that match requests of all wire formats, and the responses that they give. */
@NullMarked
package io.bookstore.simulator.rule;

import org.jspecify.annotations.NullMarked;
