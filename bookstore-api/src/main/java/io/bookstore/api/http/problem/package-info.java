/** Every error answer: RFC 9457 problem documents, made in one place. */
@NullMarked
package io.bookstore.api.http.problem;

import org.jspecify.annotations.NullMarked;
