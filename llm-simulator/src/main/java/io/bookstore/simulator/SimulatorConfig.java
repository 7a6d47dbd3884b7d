package io.bookstore.simulator;

import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Profiles;
import io.bookstore.simulator.rule.Answers;
import io.bookstore.simulator.simulation.Behaviour;

/**
 * The settings with which a simulator starts.
 *
 * @param host            address to listen on; loopback by default, since every key is accepted
 * @param port            0 takes any free port
 * @param behaviour       what can be changed while it runs
 * @param journalCapacity attempts kept in memory, at least 1; the oldest go first
 * @param maxBodyBytes    longest request body, at least 1; by default each provider's own
 * @param answers         the own answers; they, too, can be changed while it runs
 */
public record SimulatorConfig(
        String host, int port, Behaviour behaviour, int journalCapacity, int maxBodyBytes, Answers answers) {

    private static final SimulatorConfig defaults =
            new SimulatorConfig("127.0.0.1", 7005, Behaviour.defaults(), 100_000, Integer.MAX_VALUE, Answers.NONE);

    public SimulatorConfig {
        require(port >= 0 && port <= 65_535, "port must be from 0 to 65535, was " + port);
        require(journalCapacity >= 1, "journalCapacity must be >= 1, was " + journalCapacity);
        require(maxBodyBytes >= 1, "maxBodyBytes must be >= 1, was " + maxBodyBytes);
    }

    /** Port 7005 on loopback, profile {@code sonnet-class}, seed 1, no limits, no faults, no own answers. */
    public static SimulatorConfig defaults() {
        return defaults;
    }

    public SimulatorConfig withHost(String value) {
        return new SimulatorConfig(value, port, behaviour, journalCapacity, maxBodyBytes, answers);
    }

    public SimulatorConfig withPort(int value) {
        return new SimulatorConfig(host, value, behaviour, journalCapacity, maxBodyBytes, answers);
    }

    public SimulatorConfig withSeed(long value) {
        return withBehaviour(behaviour.withSeed(value));
    }

    /** @throws IllegalArgumentException if there is no profile of that name */
    public SimulatorConfig withProfile(String name) {
        return withProfile(Profiles.named(name));
    }

    public SimulatorConfig withProfile(Profile profile) {
        return withBehaviour(behaviour.withProfile(profile));
    }

    public SimulatorConfig withBehaviour(Behaviour value) {
        return new SimulatorConfig(host, port, value, journalCapacity, maxBodyBytes, answers);
    }

    /** The same with a limit for the bodies of all providers, where theirs is not smaller. */
    public SimulatorConfig withMaxBodyBytes(int value) {
        return new SimulatorConfig(host, port, behaviour, journalCapacity, value, answers);
    }

    public SimulatorConfig withAnswers(Answers value) {
        return new SimulatorConfig(host, port, behaviour, journalCapacity, maxBodyBytes, value);
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
