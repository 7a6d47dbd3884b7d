package io.bookstore.perf.engine.k6;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.K6ExitCode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** k6's log, line by line. It is for people only: results are read from files and exit codes. */
public final class K6Log {

    private final ObjectMapper json = new ObjectMapper();
    private final EngineListener listener;
    private volatile @Nullable String lastError;

    public K6Log(EngineListener listener) {
        this.listener = listener;
    }

    /** Reads one line of standard error. */
    public void readLine(String line) {
        if (line.isBlank()) {
            return;
        }
        String level = "info";
        String message = line;
        boolean thrown = false;
        if (line.startsWith("{")) {
            try {
                JsonNode entry = json.readTree(line);
                level = entry.path("level").asText("info");
                message = entry.path("msg").asText(line);
                // k6 marks what ended an iteration so.
                thrown = entry.path("source").asText().equals("stacktrace");
                // A failed request has its address and reason there.
                message += entry.hasNonNull("error") ? ": " + entry.get("error").asText() : "";
            } catch (IOException noJson) {
                // Then the line speaks for itself.
            }
        }
        if (level.equals("error")) {
            lastError = message.strip();
        }
        listener.log(level, message);
        if (thrown) {
            listener.threw(message.lines().findFirst().orElse(message).strip());
        }
    }

    /** The outcome for an exit code, with the last error as its sentence. */
    public EngineOutcome outcome(int exitCode) {
        if (exitCode == K6ExitCode.PASSED.value() || exitCode == K6ExitCode.THRESHOLDS_CROSSED.value()) {
            return new EngineOutcome(exitCode, null);
        }
        if (exitCode == K6ExitCode.INTERRUPTED.value()) {
            return K6ExitCode.INTERRUPTED.outcome("The run was interrupted before its end.");
        }
        String error = lastError;
        return new EngineOutcome(
                exitCode, error == null ? "k6 ended with exit code " + exitCode + " and gave no reason." : error);
    }
}
