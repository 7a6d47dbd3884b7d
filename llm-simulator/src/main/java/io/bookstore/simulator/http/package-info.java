/** The network: connections, HTTP/1.1 and HTTP/2, the routes, and the timing of each step. */
@NullMarked
package io.bookstore.simulator.http;

import org.jspecify.annotations.NullMarked;
