/** The web server: pages, REST API, live events and the reception of spans. */
@NullMarked
package io.bookstore.console.web;

import org.jspecify.annotations.NullMarked;
