package io.bookstore.llm.internal.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** A piece of a streamed answer; lasts from the piece before it, so that a threshold keeps the long gaps. */
@Name("io.bookstore.llm.Chunk")
@Label("LLM Chunk")
@Description("Chunk of a streamed answer, from the chunk before it or the start of the call")
final class JfrChunk extends JfrEvent {

    @Label("Provider")
    @Nullable
    String provider;

    @Label("Request Model")
    @Nullable
    String model;

    @Label("Number")
    @Description("Position in the answer, from 1")
    int number = 1;

    /** Returns the event of the next chunk, which begins now. */
    JfrChunk next() {
        JfrChunk next = new JfrChunk();
        next.provider = provider;
        next.model = model;
        next.number = number + 1;
        next.traceId = traceId;
        next.spanId = spanId;
        next.begin();
        return next;
    }
}
