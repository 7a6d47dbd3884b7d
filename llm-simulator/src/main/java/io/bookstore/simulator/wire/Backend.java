package io.bookstore.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.state.LaterAnswer;
import io.bookstore.simulator.state.ProviderState;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The part of the simulator that outlives a request. Thread-safe. */
public interface Backend {

    ProviderState state();

    Instant now();

    /** A new identifier of 24 letters and digits; the first, the second and so on are the same in every run. */
    String newId();

    /**
     * Answers the requests of a batch. Each draws what it would draw alone; a few run at a time, and the next begins when one of
     * them has ended.
     *
     * @param batch its identifier
     * @param path  that each of them would be posted to alone
     * @param check refuses a request that a batch does not take
     */
    List<LaterAnswer> answer(String batch, String path, List<JsonNode> bodies, Consumer<GenerationRequest> check);
}
