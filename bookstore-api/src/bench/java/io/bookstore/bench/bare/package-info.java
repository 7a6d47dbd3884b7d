/** The routes of the comparison, with Micronaut, its data module and LangChain4j, and nothing else. */
@NullMarked
package io.bookstore.bench.bare;

import org.jspecify.annotations.NullMarked;
