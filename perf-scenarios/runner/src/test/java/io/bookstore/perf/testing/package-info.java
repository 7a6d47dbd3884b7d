/** Fixtures that several tests share: a run without load, and a service without a database. */
@NullMarked
package io.bookstore.perf.testing;

import org.jspecify.annotations.NullMarked;
