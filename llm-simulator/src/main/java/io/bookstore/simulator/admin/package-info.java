/** The routes by which a running simulator is configured and asked, with the OpenAPI document that describes them. */
@NullMarked
package io.bookstore.simulator.admin;

import org.jspecify.annotations.NullMarked;
