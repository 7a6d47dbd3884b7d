package io.bookstore.k6.vu;

import io.bookstore.k6.script.GuestValues;
import io.bookstore.k6.script.HostFunctions;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.MetricType;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** Behind module {@code k6/metrics}. */
final class MetricFunctions {
    private final VirtualUser vu;

    MetricFunctions(VirtualUser vu) {
        this.vu = vu;
    }

    void register(HostFunctions functions) {
        functions.add("declareMetric", arguments -> {
            CoreFunctions.requireInit(vu, "a new metric");
            MetricType type = MetricType.valueOf(arguments[0].asString());
            return vu.run().shared().metrics().declare(arguments[1].asString(), type, arguments[2].asBoolean());
        });
        functions.add("addSample", this::add);
        functions.add("invalidSample", this::invalid);
    }

    private @Nullable Object add(Value[] arguments) {
        CoreFunctions.requireRunning(vu, "metric.add()");
        Metric metric = arguments[0].asHostObject();
        vu.samples().emit(metric, arguments[1].asDouble(), vu.tags().with(GuestValues.tags(arguments[2])));
        return null;
    }

    private Object invalid(Value[] arguments) {
        CoreFunctions.requireRunning(vu, "metric.add()");
        String problem = "'%s' is no value for metric '%s'; it was not added"
                .formatted(arguments[1].asString(), arguments[0].asString());
        if (vu.run().options().http().errors().throwOnFailure()) {
            throw new IllegalArgumentException(problem);
        }
        vu.run().log("warning", problem);
        return false;
    }
}
