/** Load tests as JUnit tests: {@link io.bookstore.perf.junit.PerfScenario} runs a script, the test sees its result. */
@NullMarked
package io.bookstore.perf.junit;

import org.jspecify.annotations.NullMarked;
