/** A virtual user and the functions it offers to the script's modules. */
@NullMarked
package io.bookstore.k6.vu;

import org.jspecify.annotations.NullMarked;
