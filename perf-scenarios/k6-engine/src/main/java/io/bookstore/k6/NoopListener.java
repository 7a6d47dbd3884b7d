package io.bookstore.k6;

import io.bookstore.k6.run.EngineListener;

/** Ignores everything: for a warm-up, and for an inspection, whose init code logs the same again when the script runs. */
final class NoopListener implements EngineListener {}
