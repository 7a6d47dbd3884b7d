package io.bookstore.llm.internal.jfr;

import io.bookstore.llm.internal.call.CallStart;
import io.opentelemetry.context.Context;
import java.util.concurrent.atomic.AtomicReference;

/** Records each chunk of one answer when it arrives. Thread-safe: every event is taken, and so written, once. */
final class JfrChunks implements Runnable {

    private final AtomicReference<JfrChunk> awaited;

    JfrChunks(JfrChunk first, CallStart call, Context context) {
        first.provider = JfrEvent.cut(call.request().provider());
        first.model = call.request().model();
        first.putSpan(context);
        first.begin();
        this.awaited = new AtomicReference<>(first);
    }

    @Override
    public void run() {
        JfrChunk arrived = awaited.getAndUpdate(JfrChunk::next);
        arrived.end();
        arrived.commit();
    }
}
