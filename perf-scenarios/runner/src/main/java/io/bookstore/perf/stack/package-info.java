/** The service under load: started as a process of its own when no address is given, asked how it is when one is. */
@NullMarked
package io.bookstore.perf.stack;

import org.jspecify.annotations.NullMarked;
