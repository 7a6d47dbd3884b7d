package io.bookstore.simulator.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A response of OpenAI's with its input.
 *
 * @param document   of the answer once it has ended
 * @param input      the items of its input and of the responses before it, as a JSON array
 * @param background true if it was asked for in the background
 * @param later      the answer while it may be under way; null if it has been sent
 * @param stream     the parts of its stream; null if it cannot be streamed again
 */
public record StoredResponse(
        String id,
        String document,
        String input,
        boolean background,
        @Nullable LaterAnswer later,
        @Nullable Iterable<StreamPart> stream)
        implements Kept {

    private static final int OVERHEAD_BYTES = 200;

    @Override
    public long bytes() {
        // A stream is made anew from its answer, whose text and times take about as much as the document.
        long ofStream = stream == null ? 0 : document.length();
        return OVERHEAD_BYTES + ofStream + document.length() + input.length();
    }

    public LaterAnswer.Phase phase(Instant now) {
        return later == null ? LaterAnswer.Phase.ENDED : later.phase(now);
    }

    @Override
    public void settle(Instant now) {
        phase(now);
    }

    @Override
    public void cancel(Instant now) {
        if (later != null) {
            later.cancel(now);
        }
    }
}
