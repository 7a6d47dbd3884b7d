package io.bookstore.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.simulator.draw.Draws;
import io.bookstore.simulator.latency.SlotWait;
import io.bookstore.simulator.simulation.InBatch;
import io.bookstore.simulator.simulation.Script;
import io.bookstore.simulator.simulation.Simulation;
import io.bookstore.simulator.simulation.Step;
import io.bookstore.simulator.state.LaterAnswer;
import io.bookstore.simulator.state.ProviderState;
import io.bookstore.simulator.wire.Backend;
import io.bookstore.simulator.wire.GenerationRequest;
import io.bookstore.simulator.wire.ToolCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** The simulation behind the endpoints of all providers. */
final class SimulatorBackend implements Backend {

    private static final int AT_A_TIME = 8; // assumption: no provider publishes it

    /** Answers one request of a batch. */
    interface Answering {

        Script answer(String path, JsonNode body, Consumer<GenerationRequest> check, InBatch batch);
    }

    private final Simulation simulation;
    private final Answering answering;

    SimulatorBackend(Simulation simulation, Answering answering) {
        this.simulation = simulation;
        this.answering = answering;
    }

    @Override
    public ProviderState state() {
        return simulation.state();
    }

    @Override
    public Instant now() {
        return simulation.now();
    }

    @Override
    public String newId() {
        int number = (int) state().nextNumber();
        return Draws.of(simulation.behaviour().seed(), "kept", number).stream("id")
                .id(ToolCall.ID_LENGTH);
    }

    @Override
    public List<LaterAnswer> answer(
            String batch, String path, List<JsonNode> bodies, Consumer<GenerationRequest> check) {
        PriorityQueue<Long> free = new PriorityQueue<>(Collections.nCopies(AT_A_TIME, 0L));
        List<LaterAnswer> answers = new ArrayList<>();
        for (JsonNode body : bodies) {
            long wait = free.remove();
            InBatch place = new InBatch(batch, new SlotWait(wait, 0, 1));
            LaterAnswer answer = later(answering.answer(path, body, check, place), wait);
            free.add(answer.nanos());
            answers.add(answer);
        }
        return answers;
    }

    /** The answer of a script; a refusal comes at once when its turn has come. */
    private LaterAnswer later(Script script, long wait) {
        if (script.later() != null) {
            return script.later();
        }
        Step.Whole refusal = (Step.Whole) script.steps().next();
        return new LaterAnswer(
                now(), wait, wait, refusal.status(), refusal.body(), Objects.requireNonNull(script.entry()));
    }
}
