package io.bookstore.simulator.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** A simulator in a process of its own, so that its memory and its start are its alone. */
final class Simulator implements AutoCloseable {

    private static final double KIB_PER_MIB = 1024;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI url;
    private final double startSeconds;

    Simulator(String profile, List<String> jvmOptions) throws IOException, InterruptedException {
        long started = System.nanoTime();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.bookstore.simulator.Main"));
        command.addAll(List.of("--port", "0", "--profile", profile));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        if (line == null) {
            throw new IOException("The simulator ended with " + process.waitFor() + " before it listened");
        }
        url = URI.create(line.replaceAll(".*(http://\\S+).*", "$1"));
        send("GET", "/health", "");
        startSeconds = (System.nanoTime() - started) / 1e9;
    }

    URI url() {
        return url;
    }

    /** The time from the start of the process to its first answer. */
    double startSeconds() {
        return startSeconds;
    }

    /** The most that was resident at any time, in MiB; Linux only. */
    double peakMebibytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                .findFirst()
                .orElseThrow();
    }

    /** The processor time of all its threads so far, start and compilation included. */
    Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    String send(String method, String path, String body) throws IOException, InterruptedException {
        var response = http.send(
                HttpRequest.newBuilder(url.resolve(path))
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    double metric(String name) throws IOException, InterruptedException {
        return send("GET", "/metrics", "")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow();
    }

    /** Sent less planned, of every chunk in the journal, ascending. */
    double[] chunkLatenessMs() throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        DoubleStream.Builder late = DoubleStream.builder();
        for (String line : send("GET", "/admin/journal", "").split("\n")) {
            JsonNode attempt = json.readTree(line);
            JsonNode planned = attempt.path("plannedChunksMs");
            for (int chunk = 0; chunk < planned.size(); chunk++) {
                late.add(attempt.path("actualChunksMs").path(chunk).doubleValue()
                        - planned.path(chunk).doubleValue());
            }
        }
        return late.build().sorted().toArray();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
