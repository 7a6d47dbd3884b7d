/** The kit's dashboards, rules and manifests, re-labelled for the service of a descriptor. */
@NullMarked
package io.bookstore.perf.adapt;

import org.jspecify.annotations.NullMarked;
