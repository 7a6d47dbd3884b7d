/** Flags for the JVMs that this program starts. */
@NullMarked
package io.bookstore.perf.jvm;

import org.jspecify.annotations.NullMarked;
