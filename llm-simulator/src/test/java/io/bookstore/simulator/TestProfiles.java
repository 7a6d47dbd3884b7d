package io.bookstore.simulator;

import io.bookstore.simulator.latency.Decode;
import io.bookstore.simulator.latency.LatencyModel;
import io.bookstore.simulator.latency.OutputLength;
import io.bookstore.simulator.latency.Prefill;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Stall;

/** Profiles whose times leave no doubt about the order of things, however busy the machine is. */
final class TestProfiles {

    /** A first token at once, and none after it that a test could live to see. */
    static final Profile A_TOKEN_AN_HOUR = new Profile(
            "a-token-an-hour",
            new LatencyModel(new Prefill(0, 0, 0), new Decode(3_600_000, 0, 0, 1), new Stall(0, 0, 0)),
            new OutputLength(20, 0, 20, 20));

    /** A first token at once, and two more a minute after the one before. */
    static final Profile A_TOKEN_A_MINUTE = new Profile(
            "a-token-a-minute",
            new LatencyModel(new Prefill(0, 0, 0), new Decode(60_000, 0, 0, 1), new Stall(0, 0, 0)),
            new OutputLength(3, 0, 3, 3));

    /** A first token after half a second, which even a busy simulator has to wait for, and the rest with it. */
    static final Profile HALF_A_SECOND = new Profile(
            "half-a-second",
            new LatencyModel(new Prefill(500, 0, 0), new Decode(0, 0, 0, 4), new Stall(0, 0, 0)),
            new OutputLength(20, 0, 20, 20));

    private TestProfiles() {}
}
