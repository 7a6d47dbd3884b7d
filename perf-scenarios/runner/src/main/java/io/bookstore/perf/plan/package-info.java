/** A load test in virtual time: what a scenario will show before it runs. */
@NullMarked
package io.bookstore.perf.plan;

import org.jspecify.annotations.NullMarked;
