package io.bookstore.llm;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.AgentRequest;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A call whose handle the host drops ends by itself, and a call that has ended is not kept for its handle. */
class UnreachableCallsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private final GenAiTelemetry telemetry = GenAiTelemetry.create(otel.getOpenTelemetry());

    @Test
    void callWhoseHandleIsDroppedIsCancelled() {
        start().cancelWhenUnreachable(new Object());

        collectUntilTrue(() -> !otel.getSpans().isEmpty());

        assertThat(attributes(onlySpan(otel))).containsEntry("llm.outcome", "cancelled");
    }

    @Test
    void callThatHasEndedIsForgottenThoughItsHandleIsHeld() {
        Object handle = new Object();
        Object late = new Object();

        WeakReference<Inference> before = new WeakReference<>(ended(handle, true));
        WeakReference<Inference> after = new WeakReference<>(ended(late, false));

        collectUntilTrue(() -> before.get() == null && after.get() == null);
        Reference.reachabilityFence(handle);
        Reference.reachabilityFence(late);
        assertThat(otel.getSpans())
                .hasSize(2)
                .allSatisfy(span -> assertThat(attributes(span)).containsEntry("llm.outcome", "completed"));
    }

    @Test
    void allCallsAndAgentsOfATelemetryAreWatchedByOneThread() {
        Set<Thread> before = cleaners();
        List<Object> handles = new ArrayList<>();

        for (int call = 0; call < 20; call++) {
            Object handle = new Object();
            handles.add(handle);
            start().cancelWhenUnreachable(handle);
            AgentInvocation agent = telemetry.startAgent(AgentRequest.of("Librarian", "openai"));
            handles.add(agent);
            agent.cancelWhenUnreachable();
        }

        Set<Thread> started = cleaners();
        started.removeAll(before);
        Reference.reachabilityFence(handles);
        assertThat(started).hasSize(1);
    }

    private Inference ended(Object handle, boolean watchedFirst) {
        Inference call = start();
        if (watchedFirst) {
            call.cancelWhenUnreachable(handle);
        }
        call.complete(InferenceResponse.of("gpt-4o-mini", TokenUsage.of(3L, 2L)));
        if (!watchedFirst) {
            call.cancelWhenUnreachable(handle);
        }
        return call;
    }

    private Inference start() {
        return telemetry.start(InferenceRequest.chat("openai", "gpt-4o-mini").build());
    }

    private static Set<Thread> cleaners() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("Cleaner-"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static void collectUntilTrue(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            System.gc();
            return condition.call();
        });
    }
}
