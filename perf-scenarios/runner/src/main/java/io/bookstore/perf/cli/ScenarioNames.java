package io.bookstore.perf.cli;

import io.bookstore.perf.run.Scenario;
import java.util.Iterator;
import java.util.stream.Stream;

/** For the completion of a shell. */
final class ScenarioNames implements Iterable<String> {

    ScenarioNames() {}

    @Override
    public Iterator<String> iterator() {
        return Stream.concat(Scenario.ALL.stream().map(Scenario::name), Stream.of(Scenario.AI_ALL))
                .iterator();
    }
}
