package io.bookstore.simulator;

import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.http.HttpServer;
import io.bookstore.simulator.journal.Journal;
import io.bookstore.simulator.rule.Answers;
import io.bookstore.simulator.simulation.Behaviour;
import io.bookstore.simulator.simulation.Simulation;
import io.bookstore.simulator.verdict.ClientVerdicts;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** A running simulator. Thread-safe; {@link #close} frees the port, cuts the streams under way and ends all threads. */
public final class SimulatorServer implements AutoCloseable {

    private final Simulation simulation;
    private final HttpServer http;

    private SimulatorServer(Simulation simulation, HttpServer http) {
        this.simulation = simulation;
        this.http = http;
    }

    /**
     * Starts listening and returns once requests will be answered.
     *
     * @throws SimulatorStartException if host and port cannot be listened on
     */
    public static SimulatorServer start(SimulatorConfig config) {
        return start(config, Clock.systemUTC());
    }

    /** @param clock dates answers and fills buckets; the steps of an answer are timed by the JVM's own clock */
    static SimulatorServer start(SimulatorConfig config, Clock clock) {
        Tokenizer.load();
        Simulation simulation =
                new Simulation(config.behaviour(), config.answers(), new Journal(config.journalCapacity()), clock);
        try {
            return new SimulatorServer(
                    simulation, HttpServer.start(config.host(), config.port(), config.maxBodyBytes(), simulation));
        } catch (HttpServer.CannotListenException e) {
            throw new SimulatorStartException(config.host(), config.port(), Objects.requireNonNull(e.getCause()));
        }
    }

    /** The address it listens on, without a path: {@code http://127.0.0.1:7005}. */
    public URI baseUrl() {
        InetSocketAddress address = http.address();
        String host = address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
    }

    /** The behaviour in force. */
    public Behaviour behaviour() {
        return simulation.behaviour();
    }

    /** Changes the behaviour from the next request on. Limits start full, the fault plan starts anew. */
    public void behave(Behaviour behaviour) {
        simulation.behave(behaviour);
    }

    /** The own answers in force. */
    public Answers answers() {
        return simulation.answers().answers();
    }

    /** Changes the own answers from the next request on; a rule that stays goes on with its sequence. */
    public void answer(Answers answers) {
        simulation.answer(answers);
    }

    /** Starts over: first behaviour and answers, full buckets, empty journal, request keys never seen. */
    public void reset() {
        simulation.reset();
    }

    /** The journal of all attempts. */
    public Journal journal() {
        return simulation.journal();
    }

    /** The verdicts on the clients by the attempts in the journal: one judgement for each provider that was asked. */
    public List<ClientVerdicts> verdicts() {
        return simulation.verdicts();
    }

    /**
     * Reports how a call ended for its client, which no server can see.
     *
     * @param requestKey the {@code x-request-id} that the client sent
     * @param believed   true if the client took its answer for a whole one
     */
    public void report(String requestKey, boolean believed) {
        simulation.report(requestKey, believed);
    }

    /** Waits until somebody closes this server. */
    void awaitClose() throws InterruptedException {
        http.awaitClose();
    }

    @Override
    public void close() {
        http.close();
    }
}
