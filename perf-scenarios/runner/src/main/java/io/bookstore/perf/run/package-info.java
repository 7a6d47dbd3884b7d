/** A load test from its name to its report: which script, on which engine, against which service. */
@NullMarked
package io.bookstore.perf.run;

import org.jspecify.annotations.NullMarked;
