/** What a provider remembers of the prompts it has read. */
@NullMarked
package io.bookstore.simulator.cache;

import org.jspecify.annotations.NullMarked;
