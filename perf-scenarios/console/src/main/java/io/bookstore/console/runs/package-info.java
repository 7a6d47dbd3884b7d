/** The runs that the console starts, and those that the folder of reports holds. */
@NullMarked
package io.bookstore.console.runs;

import org.jspecify.annotations.NullMarked;
