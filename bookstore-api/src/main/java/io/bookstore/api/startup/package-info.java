/** The steps before the beans exist: settings, log, ports and timeouts, and the sentence a failed start ends with. */
@NullMarked
package io.bookstore.api.startup;

import org.jspecify.annotations.NullMarked;
