package io.bookstore.simulator.simulation;

import io.bookstore.simulator.latency.SlotWait;
import org.jspecify.annotations.Nullable;

/**
 * The place of a request in a batch. It has neither a limit nor a slot: batches have pools of their own with the providers
 * (https://platform.openai.com/docs/guides/batch#rate-limits, https://docs.claude.com/en/api/rate-limits#message-batches-api).
 *
 * @param batch its identifier
 * @param delay by the requests before it
 */
public record InBatch(String batch, SlotWait delay) {

    static @Nullable String id(@Nullable InBatch request) {
        return request == null ? null : request.batch();
    }
}
