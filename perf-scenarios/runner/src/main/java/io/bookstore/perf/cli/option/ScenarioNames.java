package io.bookstore.perf.cli.option;

import io.bookstore.perf.PerfException;
import java.util.Collections;
import java.util.Iterator;

/** The names that a shell completes. */
final class ScenarioNames implements Iterable<String> {

    ScenarioNames() {}

    @Override
    public Iterator<String> iterator() {
        try {
            return ScriptsOption.ofEnvironment().scenarios().names().iterator();
        } catch (PerfException noScripts) {
            // Commands and options can be completed without them.
            return Collections.emptyIterator();
        }
    }
}
