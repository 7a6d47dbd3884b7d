/** A record per request of a run, joined from the engine's samples, the service's spans and the provider's journal. */
@NullMarked
package io.bookstore.perf.record;

import org.jspecify.annotations.NullMarked;
