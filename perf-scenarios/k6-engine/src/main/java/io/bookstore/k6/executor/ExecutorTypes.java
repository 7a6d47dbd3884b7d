package io.bookstore.k6.executor;

import java.util.List;
import java.util.Optional;

/** The executors that the engine knows, one line each; of k6's only {@code externally-controlled} is missing. */
final class ExecutorTypes {
    private static final List<ExecutorType> ALL = List.of(
            SharedIterations.TYPE,
            PerVuIterations.TYPE,
            ConstantVus.TYPE,
            RampingVus.TYPE,
            ConstantArrivalRate.TYPE,
            RampingArrivalRate.TYPE);

    private ExecutorTypes() {}

    static Optional<ExecutorType> named(String name) {
        return ALL.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    static List<String> names() {
        return ALL.stream().map(ExecutorType::name).sorted().toList();
    }
}
