package io.bookstore.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.latency.Agent;
import io.bookstore.simulator.latency.Decode;
import io.bookstore.simulator.latency.LatencyModel;
import io.bookstore.simulator.latency.OutputLength;
import io.bookstore.simulator.latency.Prefill;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Reasoning;
import io.bookstore.simulator.latency.Serving;
import io.bookstore.simulator.latency.Stall;
import io.bookstore.simulator.limit.Limits;
import io.bookstore.simulator.simulation.Behaviour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes of every answer, per wire format and fault, as read from a socket: head, chunk sizes and end included. Seed and
 * clock are fixed, so nothing is left out of the comparison.
 *
 * <p>After a change that is meant: {@code mvn -pl llm-simulator test -Dtest=GoldenStreamsTest -Dgolden.rewrite=true}, and
 * read the diff.
 */
@Execution(ExecutionMode.CONCURRENT) // Most cases wait for the steps of their answer.
@Order(1)
class GoldenStreamsTest {

    private static final Path FILES = Path.of("src/test/resources/golden");
    private static final boolean rewrite = Boolean.getBoolean("golden.rewrite");

    // Twenty tokens in six chunks, within 12 ms: short enough to read, long enough for every fault to strike.
    private static final Behaviour behaviour = Behaviour.defaults()
            .withProfile(new Profile(
                    "golden",
                    new LatencyModel(new Prefill(2, 0, 0), new Decode(0.5, 0, 0, 4), new Stall(0, 0, 0)),
                    new OutputLength(20, 0, 20, 20),
                    Serving.UNLIMITED,
                    new Agent(1, 0, 1, 1, 1),
                    new Reasoning(12, 0, 1, 100, 0.5, 0),
                    Map.of()))
            .withSeed(42)
            .withLimits(Limits.requestsPerMinute(50)
                    .withInputTokensPerMinute(400_000)
                    .withOutputTokensPerMinute(8_000));
    private static final Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);
    // A case has a server to itself while it runs, for its limits are those of the server.
    private static final List<SimulatorServer> servers = Stream.generate(() -> SimulatorServer.start(
                    SimulatorConfig.defaults().withPort(0).withMaxBodyBytes(GoldenCase.MAX_BODY_BYTES), clock))
            .limit(4)
            .toList();
    private static final BlockingQueue<SimulatorServer> idle = new LinkedBlockingQueue<>(servers);

    @AfterAll
    static void stop() {
        servers.forEach(SimulatorServer::close);
    }

    static List<GoldenCase> cases() {
        return GoldenCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bytesAreThoseOfTheGoldenFile(GoldenCase wanted) throws Exception {
        String received = received(wanted);

        Path file = FILES.resolve(wanted.file());
        if (rewrite) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, received);
        }
        assertThat(file).as("a golden file for every case").exists();
        assertThat(received).isEqualTo(Files.readString(file, StandardCharsets.US_ASCII));
    }

    @Test
    void everyGoldenFileBelongsToACase() throws Exception {
        Set<String> wanted = cases().stream().map(GoldenCase::file).collect(Collectors.toCollection(TreeSet::new));

        try (Stream<Path> files = Files.walk(FILES)) {
            Set<String> orphans = files.filter(Files::isRegularFile)
                    .map(file -> FILES.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !wanted.contains(file))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (rewrite) {
                orphans.forEach(GoldenStreamsTest::delete);
                orphans.clear();
            }
            assertThat(orphans).isEmpty();
        }
    }

    private static String received(GoldenCase wanted) throws Exception {
        SimulatorServer server = idle.take();
        try {
            server.behave(wanted.limited() ? behaviour.withLimits(oneRequest()) : behaviour);
            RawHttp http = new RawHttp(server.baseUrl());
            if (wanted.second()) {
                Recording.of(http, wanted.request(1), wanted.atMostBytes());
            }
            return Recording.of(http, wanted.request(2), wanted.atMostBytes()).text();
        } finally {
            idle.add(server);
        }
    }

    private static Limits oneRequest() {
        return Limits.requestsPerMinute(1);
    }

    private static void delete(String file) {
        try {
            Files.delete(FILES.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
