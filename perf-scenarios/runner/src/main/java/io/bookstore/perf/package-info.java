/** Load scenarios for HTTP services with a language model behind them: scripts, engines, results and reports. */
@NullMarked
package io.bookstore.perf;

import org.jspecify.annotations.NullMarked;
