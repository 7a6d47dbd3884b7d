package io.bookstore.perf.verify;

import io.bookstore.perf.record.CallSpan;
import io.bookstore.perf.record.RequestRecord;
import io.bookstore.perf.record.RequestRecord.Attempt;
import io.bookstore.perf.record.RequestRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The telemetry of a service while it was asked.
 *
 * @param calls     spans of its calls to models; empty if none came
 * @param cancelled the call behind the stream that the client left; null if nothing told of it
 * @param page      the address of its metrics; empty if it was not asked for them
 * @param metrics   the text of that page; null if there was none
 */
public record ServiceTelemetry(
        List<CallSpan> calls,
        @Nullable CancelledCall cancelled,
        String page,
        @Nullable String metrics) {

    /** The telemetry of a service that tells nothing. */
    public static final ServiceTelemetry NONE = new ServiceTelemetry(List.of(), null, "", null);

    public ServiceTelemetry {
        calls = List.copyOf(calls);
    }

    /**
     * Times since the start of the request.
     *
     * @param clientMs   when the client went away
     * @param providerMs when the call to the provider ended, by the provider's journal or the span of the call
     */
    public record CancelledCall(double clientMs, double providerMs) {

        /** The id of the request that {@code k6/tools/verify.js} leaves. */
        private static final String REQUEST_ID = "verify-left";

        /** Reads the records of that script's run; null if they do not tell. */
        public static @Nullable CancelledCall read(Path folder) {
            AtomicReference<@Nullable CancelledCall> found = new AtomicReference<>();
            try {
                RequestRecords.read(folder, request -> {
                    if (REQUEST_ID.equals(request.requestId())) {
                        found.set(of(request));
                    }
                });
            } catch (IOException unreadable) {
                return null;
            }
            return found.get();
        }

        private static @Nullable CancelledCall of(RequestRecord request) {
            List<Attempt> attempts = request.attempts();
            if (attempts.isEmpty()) {
                return null;
            }
            Attempt last = attempts.get(attempts.size() - 1);
            return last.startMs() == null || last.durationMs() == null
                    ? null
                    : new CancelledCall(request.timing().endToEndMs(), last.startMs() + last.durationMs());
        }
    }
}
