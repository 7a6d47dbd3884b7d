/** Rules that the tests of every module share. Only tests depend on it. */
@NullMarked
package io.bookstore.testing;

import org.jspecify.annotations.NullMarked;
