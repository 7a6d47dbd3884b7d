/** The engine that needs nothing but a JVM: k6 scripts on GraalJS, requests through OkHttp. */
@NullMarked
package io.bookstore.k6;

import org.jspecify.annotations.NullMarked;
