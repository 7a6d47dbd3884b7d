/** The common part of the engines that run k6 itself: its command line, its log and its inspection of a script. */
@NullMarked
package io.bookstore.perf.engine.k6;

import org.jspecify.annotations.NullMarked;
