/** A proxy before a provider, which passes answers on as they come and lets a listener hear of each exchange. */
@NullMarked
package io.bookstore.simulator.proxy;

import org.jspecify.annotations.NullMarked;
