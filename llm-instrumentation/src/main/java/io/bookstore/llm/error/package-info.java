/** Kinds of error, read from the exceptions of the JDK, of OkHttp and of the providers' SDKs. */
@NullMarked
package io.bookstore.llm.error;

import org.jspecify.annotations.NullMarked;
