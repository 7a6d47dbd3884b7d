/** {@code k6/http}: one request after another through OkHttp, timed in k6's phases. */
@NullMarked
package io.bookstore.k6.http;

import org.jspecify.annotations.NullMarked;
