/** A scenario for machines that this program does not run on: manifests that somebody else applies. */
@NullMarked
package io.bookstore.perf.export;

import org.jspecify.annotations.NullMarked;
