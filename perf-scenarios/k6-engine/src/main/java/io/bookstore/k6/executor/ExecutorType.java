package io.bookstore.k6.executor;

import io.bookstore.k6.options.OptionsNode;
import java.util.Set;
import java.util.function.Function;

/**
 * An executor that a script can ask for.
 *
 * @param name   k6's name of it
 * @param fields options beside those that every scenario may have
 * @param reader reads these fields, and refuses values that k6 would refuse
 */
record ExecutorType(String name, Set<String> fields, Function<OptionsNode, Executor> reader) {
    ExecutorType {
        fields = Set.copyOf(fields);
    }
}
