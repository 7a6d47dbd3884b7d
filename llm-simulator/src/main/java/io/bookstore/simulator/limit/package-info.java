/** Limits per minute as providers enforce them: continuously refilled buckets of requests and tokens. */
@NullMarked
package io.bookstore.simulator.limit;

import org.jspecify.annotations.NullMarked;
