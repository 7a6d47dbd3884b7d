package io.bookstore.perf.cli;

import java.util.Iterator;

/** The names that a shell completes. */
final class ScenarioNames implements Iterable<String> {

    ScenarioNames() {}

    @Override
    public Iterator<String> iterator() {
        return ScriptsOption.ofEnvironment().scenarios().names().iterator();
    }
}
