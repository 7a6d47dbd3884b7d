package io.bookstore.simulator.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The time that an answer takes longer through a recording proxy, in a process of its own: the same request is sent straight and
 * through the proxy in turns, so that both meet the same machine.
 */
final class RecordingOverhead implements AutoCloseable {

    // With 5,000 the compilers of three JVMs were still at work on two cores: the p99 of the straight answers was 2.7 to 5.1 ms, not 0.9.
    private static final int WARM_UP = 20_000;
    private static final int PAIRS = 10_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final URI proxy;
    private final URI simulator;

    RecordingOverhead(URI simulator) throws IOException, InterruptedException {
        this.simulator = simulator;
        Path recording = Files.createTempFile("recording", ".jsonl");
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.bookstore.simulator.Main",
                        "record",
                        "--to",
                        simulator.toString(),
                        "--out",
                        recording.toString(),
                        "--port",
                        "0"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        recording.toFile().deleteOnExit();
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        if (line == null) {
            throw new IOException("The recording ended with " + process.waitFor() + " before it listened");
        }
        proxy = URI.create(line.replaceAll(".* at (http://[^;]+);.*", "$1"));
    }

    /** The quantiles of the answers straight and through the proxy, in milliseconds. */
    record Quantiles(double straight, double recorded) {

        double added() {
            return recorded - straight;
        }
    }

    /** Measures the median and the 99th of a hundred answers to a request. */
    List<Quantiles> measure(String body) throws IOException, InterruptedException {
        double[] straight = new double[PAIRS];
        double[] recorded = new double[PAIRS];
        for (int i = -WARM_UP; i < PAIRS; i++) {
            double first = millis(simulator, body);
            double second = millis(proxy, body);
            if (i >= 0) {
                straight[i] = first;
                recorded[i] = second;
            }
        }
        Arrays.sort(straight);
        Arrays.sort(recorded);
        return List.of(quantiles(straight, recorded, 0.5), quantiles(straight, recorded, 0.99));
    }

    private static Quantiles quantiles(double[] straight, double[] recorded, double share) {
        int index = (int) (share * (PAIRS - 1));
        return new Quantiles(straight[index], recorded[index]);
    }

    private double millis(URI server, String body) throws IOException, InterruptedException {
        long started = System.nanoTime();
        var response = http.send(
                HttpRequest.newBuilder(server.resolve("/v1/chat/completions"))
                        .header("authorization", "Bearer none")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(server + " answered " + response.statusCode() + ": " + response.body());
        }
        return (System.nanoTime() - started) / 1e6;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
