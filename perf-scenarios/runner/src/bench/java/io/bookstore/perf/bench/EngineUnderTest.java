package io.bookstore.perf.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A JVM that runs one script and tells, as one line of JSON, what that took. Arguments: script, folder, NAME=value… */
final class EngineUnderTest implements EngineListener {

    private static final String RESULT = "result ";

    private final Map<Long, Integer> requestsBySecond = new HashMap<>();
    private final List<Double> late = new ArrayList<>();
    private final CountDownLatch underWay = new CountDownLatch(5);

    public static void main(String[] arguments) throws Exception {
        Map<String, String> env = new HashMap<>();
        Arrays.stream(arguments).skip(2).map(each -> each.split("=", 2)).forEach(each -> env.put(each[0], each[1]));
        EngineUnderTest listener = new EngineUnderTest();
        WakeUps machine = env.containsKey("MEASURE_WAKE_UPS") ? WakeUps.start() : WakeUps.none();
        EngineRun run = new EmbeddedEngine(Map.of())
                .start(new EngineRequest(Path.of(arguments[0]), env, Path.of(arguments[1])), listener);
        long heapBytes = env.containsKey("MEASURE_HEAP") ? listener.heapOfTheRun() : 0;
        EngineOutcome outcome = run.await();
        System.out.println(RESULT + listener.result(outcome, heapBytes, machine));
        System.exit(0);
    }

    static boolean isResult(String line) {
        return line.startsWith(RESULT);
    }

    static String json(String line) {
        return line.substring(RESULT.length());
    }

    /** Live objects while every virtual user sleeps. */
    private long heapOfTheRun() throws InterruptedException {
        underWay.await(60, TimeUnit.SECONDS);
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private String result(EngineOutcome outcome, long heapBytes, WakeUps machine) throws IOException {
        ObjectNode result = new ObjectMapper().createObjectNode();
        result.put("exitCode", outcome.exitCode()).put("problem", outcome.problem());
        // The first and the last second are not whole.
        List<Long> seconds = requestsBySecond.keySet().stream().sorted().toList();
        seconds.stream()
                .skip(1)
                .limit(Math.max(0, seconds.size() - 2))
                .forEach(second -> result.withArray("requests").add(requestsBySecond.get(second)));
        result.put("lateP99", WakeUps.p99(late)).put("machineLateP99", WakeUps.p99(machine.late()));
        requestsBySecond
                .values()
                .forEach(count -> result.put("total", result.path("total").asInt() + count));
        result.put("heapBytes", heapBytes).put("peakResidentKib", peakResidentKib());
        return result.toString();
    }

    /** The most that this process ever had in memory, as Linux counts it; 0 elsewhere. */
    private static long peakResidentKib() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    @Override
    public void sample(Sample sample) {
        switch (sample.metric()) {
            case "http_reqs" -> requestsBySecond.merge(sample.time().getEpochSecond(), 1, Integer::sum);
            case "late" -> late.add(sample.value());
            // One a second.
            case "vus" -> underWay.countDown();
            default -> {}
        }
    }

    @Override
    public void log(String level, String message) {
        System.out.println(level + " " + message);
    }
}
