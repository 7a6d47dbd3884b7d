/** What Micronaut and its data module need for the two routes of the comparison, and nothing else. */
@NullMarked
package io.bookstore.bench.bare;

import org.jspecify.annotations.NullMarked;
