/** What the service sends about itself: metrics, traces, and whether the collector takes them. */
@NullMarked
package io.bookstore.api.telemetry;

import org.jspecify.annotations.NullMarked;
