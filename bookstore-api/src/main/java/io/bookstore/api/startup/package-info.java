/** What runs before the beans exist: the log, ports and timeouts, and the sentence that a failed start ends with. */
@NullMarked
package io.bookstore.api.startup;

import org.jspecify.annotations.NullMarked;
