/** OTLP over HTTP: the reception of spans, for the records of a run and for any module that shows spans. */
@NullMarked
package io.bookstore.perf.otlp;

import org.jspecify.annotations.NullMarked;
