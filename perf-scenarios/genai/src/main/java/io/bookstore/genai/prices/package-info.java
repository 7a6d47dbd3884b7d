/** {@code llm-perf prices}: the price list of {@code io.bookstore.llm.cost}, and the cost of a call by it. */
@NullMarked
package io.bookstore.genai.prices;

import org.jspecify.annotations.NullMarked;
