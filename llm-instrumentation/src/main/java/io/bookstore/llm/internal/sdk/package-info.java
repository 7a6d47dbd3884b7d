/**
 * Calls of the official SDKs of providers: a client's services as proxies, and each call from its request to its end. An SDK
 * adds its own classes by an {@link io.bookstore.llm.internal.sdk.Sdk}.
 *
 * <p>Internal: no part of the API, and not exported.
 */
@NullMarked
package io.bookstore.llm.internal.sdk;

import org.jspecify.annotations.NullMarked;
