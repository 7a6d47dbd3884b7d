package io.bookstore.simulator.simulation;

import io.bookstore.simulator.answer.Chunks;
import io.bookstore.simulator.latency.ResponsePlan;
import io.bookstore.simulator.wire.Answer;
import io.bookstore.simulator.wire.AnswerFormat;
import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.TextFrames;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The steps of a streamed answer, each made when it is wanted: five thousand streams at once must not lie ready in memory.
 *
 * <p>A format with something to say before the text says it half-way to the first token. Real streams open early as well,
 * and a tool that takes the opening for the first token ought to be found out.
 */
final class StreamSteps implements Iterator<Step> {

    private final AnswerFormat format;
    private final Answer answer;
    private final Chunks chunks;
    private final ResponsePlan plan;
    private final Map<String, String> headers;
    private final TextFrames frames;
    private final String opening;
    private int next;

    StreamSteps(AnswerFormat format, Answer answer, Chunks chunks, ResponsePlan plan, Map<String, String> headers) {
        this.format = format;
        this.answer = answer;
        this.chunks = chunks;
        this.plan = plan;
        this.headers = headers;
        this.frames = format.frames(answer);
        this.opening = format.opening(answer);
    }

    @Override
    public boolean hasNext() {
        return next < chunks.size() + 4;
    }

    @Override
    public Step next() {
        int step = next++;
        if (step == 0) {
            return new Step.Head(openingNanos(), 200, format.contentType(), headers, format.charset());
        }
        if (step == 1) {
            return new Step.Part(openingNanos(), opening, false);
        }
        int chunk = step - 2;
        if (chunk < chunks.size()) {
            return new Step.Part(plan.chunkNanos()[chunk], chunk(chunk), true);
        }
        if (chunk == chunks.size()) {
            return new Step.Part(plan.durationNanos(), format.closing(answer, chunks.size()), false);
        }
        if (chunk == chunks.size() + 1) {
            return new Step.End(plan.durationNanos());
        }
        throw new NoSuchElementException();
    }

    /** The failure of the stream after so many chunks. */
    String failure(Refusal refusal, int chunksBefore) {
        return format.failure(answer, refusal, chunksBefore);
    }

    /** The frame of a chunk; beyond the last one it begins anew. */
    String chunk(int index) {
        return frames.frame(index, chunks.text(index % chunks.size()));
    }

    private long openingNanos() {
        return opening.isEmpty() ? plan.firstTokenNanos() : plan.firstTokenNanos() / 2;
    }
}
