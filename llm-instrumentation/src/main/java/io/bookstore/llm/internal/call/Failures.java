package io.bookstore.llm.internal.call;

import io.bookstore.llm.metrics.MetricsRecorder;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.bookstore.llm.semconv.GenAiMetric;
import io.opentelemetry.api.common.Attributes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that keeps defects of the telemetry from the host: each is counted, each cause is logged once. Whatever is
 * thrown is such a defect, a failed assertion or a class of another version included, but a virtual machine at its end.
 */
public final class Failures {

    // The name of the door, which hosts know; by name, because the door knows this class.
    private static final Logger logger = LoggerFactory.getLogger("io.bookstore.llm.GenAiTelemetry");

    // What a defect throws may be of any class; the log and this set must not grow with it.
    private static final int MAX_CAUSES = 100;

    private final List<MetricsRecorder> recorders;
    private final Set<String> causesLogged = ConcurrentHashMap.newKeySet();

    public Failures(List<MetricsRecorder> recorders) {
        this.recorders = recorders;
    }

    /** Runs {@code action}; what it throws ends here. */
    public void guard(String stage, Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            note(stage, e);
        }
    }

    /** Counts a defect that somebody else caught; throws it again if the virtual machine is at its end. */
    public void note(String stage, Throwable error) {
        throwAtTheEnd(error);
        if (causesLogged.size() < MAX_CAUSES
                && causesLogged.add(stage + " " + error.getClass().getName())) {
            logger.warn("Telemetry of LLM calls failed to {}; the calls are not affected", stage, error);
        }
        for (MetricsRecorder recorder : recorders) {
            try {
                recorder.series(
                                GenAiMetric.INSTRUMENTATION_FAILURES,
                                List.of(GenAiAttributes.METRIC_STAGE),
                                Attributes.of(GenAiAttributes.METRIC_STAGE, stage))
                        .record(1);
            } catch (Throwable alsoBroken) {
                // The log has told of the first defect; a recorder that is broken cannot count itself.
                throwAtTheEnd(alsoBroken);
            }
        }
    }

    private static void throwAtTheEnd(Throwable error) {
        if (error instanceof VirtualMachineError end && !(error instanceof StackOverflowError)) {
            throw end;
        }
    }
}
