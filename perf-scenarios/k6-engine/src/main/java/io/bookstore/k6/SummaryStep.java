package io.bookstore.k6;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.script.GuestValues;
import io.bookstore.k6.script.ScriptFault;
import io.bookstore.k6.summary.EndOfTest;
import io.bookstore.k6.summary.SummaryJson;
import io.bookstore.k6.summary.TextSummary;
import io.bookstore.k6.vu.TestRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** The last step: handleSummary or the default text, and the export file. Nothing here changes the exit code. */
final class SummaryStep {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final TestRun run;
    private final OnceRunner once;
    private final EngineRequest request;
    private final EngineListener listener;

    SummaryStep(TestRun run, OnceRunner once, EngineRequest request, EngineListener listener) {
        this.run = run;
        this.once = once;
        this.request = request;
        this.listener = listener;
    }

    void write(EndOfTest end) throws InterruptedException {
        writeFile(request.summary(), json(SummaryJson.export(end)).getBytes(StandardCharsets.UTF_8));
        Optional<Map<String, byte[]>> wanted = Optional.empty();
        try {
            wanted = once.handleSummary(json(SummaryJson.handleSummaryArgument(end)), vu -> this::outputs);
        } catch (ScriptFault e) {
            listener.log("error", e.sentence() + " The default summary follows.");
        }
        if (wanted.isEmpty()) {
            listener.print(TextSummary.of(end));
        } else {
            wanted.get().forEach(this::deliver);
        }
    }

    /** The contents by destination; null when nothing was returned, so that the default summary is due. */
    private @Nullable Map<String, byte[]> outputs(Value returned) {
        if (returned.isNull() || !returned.hasMembers()) {
            return null;
        }
        Map<String, byte[]> outputs = new LinkedHashMap<>();
        for (String destination : returned.getMemberKeys()) {
            Value content = returned.getMember(destination);
            if (content.isString() || GuestValues.isBytes(content)) {
                outputs.put(destination, GuestValues.bytes(content));
            } else {
                listener.log(
                        "error",
                        "handleSummary() returned %s for '%s'; a text or an ArrayBuffer is needed."
                                .formatted(GuestValues.kind(content), destination));
            }
        }
        return outputs;
    }

    private void deliver(String destination, byte[] content) {
        switch (destination) {
            case "stdout" -> listener.print(new String(content, StandardCharsets.UTF_8));
            case "stderr" -> listener.log("info", new String(content, StandardCharsets.UTF_8));
            default -> writeFile(request.output().resolve(destination), content);
        }
    }

    private void writeFile(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            listener.log("error", "Cannot write " + file + ": " + e.getMessage());
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new IllegalStateException("a tree of JSON nodes is always JSON", e);
        }
    }
}
