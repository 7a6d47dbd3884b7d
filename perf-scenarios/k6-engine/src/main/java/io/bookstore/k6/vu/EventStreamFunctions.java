package io.bookstore.k6.vu;

import io.bookstore.k6.http.EventStream;
import io.bookstore.k6.http.Hop;
import io.bookstore.k6.http.HttpSession;
import io.bookstore.k6.http.InvalidRequest;
import io.bookstore.k6.http.RequestSpec;
import io.bookstore.k6.http.StreamEvent;
import io.bookstore.k6.metrics.SampleBatch;
import io.bookstore.k6.script.HostFunctions;
import io.bookstore.perf.metrics.BuiltInMetrics;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** Behind module {@code k6/x/sse}: a request like any other, whose answer the script takes event by event. */
final class EventStreamFunctions {
    private final VirtualUser vu;
    private final HttpSession session;
    private final HttpFunctions http;

    EventStreamFunctions(VirtualUser vu, HttpSession session, HttpFunctions http) {
        this.vu = vu;
        this.session = session;
        this.http = http;
    }

    /** @param tags those of its events, with the status that it has */
    private record Streaming(String url, Map<String, String> metadata, Map<String, String> tags, EventStream stream) {}

    void register(HostFunctions functions) {
        functions.add("openStream", this::open);
        functions.add("nextEvent", arguments -> next(arguments[0].asHostObject()));
        functions.add("closeStream", arguments -> {
            Streaming streaming = arguments[0].asHostObject();
            streaming.stream().cancel();
            return null;
        });
        functions.add("endStream", arguments -> end(arguments[0].asHostObject()));
    }

    /** Returns the stream for the other functions; the view of a response if none began. */
    private Object open(Value[] arguments) {
        CoreFunctions.requireRunning(vu, "sse.open()");
        String url = arguments[1].asString();
        Map<String, String> metadata = vu.samples().requestMetadata();
        try {
            RequestSpec spec = http.read(arguments);
            EventStream stream = session.openStream(spec);
            vu.leaveIfCut();
            Hop hop = stream.soFar();
            if (!stream.opened() || hop == null) {
                return http.conclude(new HttpFunctions.Result(url, metadata, stream.end(), null, null));
            }
            return new Streaming(url, metadata, vu.tags().request(hop, spec.name(), spec.tags()), stream);
        } catch (InvalidRequest e) {
            return http.conclude(HttpFunctions.unsent(url, e));
        }
    }

    private @Nullable StreamEvent next(Streaming streaming) {
        StreamEvent event = streaming.stream().next();
        vu.leaveIfCut();
        if (event != null && event.problem.isEmpty()) {
            vu.samples()
                    .emit(new SampleBatch(
                            vu.run().clock().now(),
                            streaming.tags(),
                            streaming.metadata(),
                            List.of(BuiltInMetrics.SSE_EVENT),
                            new double[] {1}));
        }
        return event;
    }

    private Object end(Streaming streaming) {
        return http.conclude(new HttpFunctions.Result(
                streaming.url(), streaming.metadata(), streaming.stream().end(), null, null));
    }
}
