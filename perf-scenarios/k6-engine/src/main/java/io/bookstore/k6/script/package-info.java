/** A script on GraalJS: which files it may load, its globals, its event loop, its errors. */
@NullMarked
package io.bookstore.k6.script;

import org.jspecify.annotations.NullMarked;
