package io.bookstore.perf.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A service that {@code llm-perf verify} was asked about, without the limits that a busy machine breaks.
 *
 * @param perf its screen
 * @param out  its folder of results
 */
record VerifiedService(PerfProcess perf, int exitCode, Path out) {

    static VerifiedService of(Path descriptor, String address, Path out, String... more) {
        PerfProcess perf = new PerfProcess();
        List<String> arguments = new ArrayList<>(List.of(
                "verify",
                "--target",
                descriptor.toString(),
                "--base-url",
                address,
                "--scripts",
                "k6",
                "--out",
                out.toString(),
                "-e",
                "LLM_P95_MS=600000",
                "-e",
                "LLM_P99_MS=600000"));
        arguments.addAll(List.of(more));
        return new VerifiedService(perf, perf.run(new EmbeddedEngineOption(), arguments.toArray(String[]::new)), out);
    }

    /** The names of the items in that state. */
    List<String> named(String state) throws IOException {
        return List.copyOf(evidence(state).keySet());
    }

    /** The evidence of the items in that state, by their names. */
    Map<String, String> evidence(String state) throws IOException {
        Map<String, String> evidence = new LinkedHashMap<>();
        for (JsonNode item : new ObjectMapper()
                .readTree(out.resolve("checklist.json").toFile())
                .path("items")) {
            if (item.path("state").asText().equals(state)) {
                evidence.put(item.path("name").asText(), item.path("evidence").asText());
            }
        }
        return evidence;
    }
}
