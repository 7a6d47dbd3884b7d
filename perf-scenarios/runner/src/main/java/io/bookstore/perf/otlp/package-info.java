/** OTLP over HTTP and in files: for the records of a run, and for any module that shows or judges spans. */
@NullMarked
package io.bookstore.perf.otlp;

import org.jspecify.annotations.NullMarked;
