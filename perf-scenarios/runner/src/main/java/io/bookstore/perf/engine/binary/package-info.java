/** Runs scripts with the {@code k6} that is installed on this machine. */
@NullMarked
package io.bookstore.perf.engine.binary;

import org.jspecify.annotations.NullMarked;
