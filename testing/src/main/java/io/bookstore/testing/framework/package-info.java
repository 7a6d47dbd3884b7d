/** Parts of the tests of the modules for a framework: an application's model, and what is recorded and said of it. */
@NullMarked
package io.bookstore.testing.framework;

import org.jspecify.annotations.NullMarked;
