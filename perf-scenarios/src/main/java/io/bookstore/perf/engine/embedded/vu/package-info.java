/** A virtual user and the functions it offers to the script's modules. */
@NullMarked
package io.bookstore.perf.engine.embedded.vu;

import org.jspecify.annotations.NullMarked;
