package io.bookstore.k6;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.script.ScriptRuntime;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmupTest {

    @TempDir
    Path folder;

    private final ExecutorService background = Executors.newCachedThreadPool();
    private final ByteArrayOutputStream samples = new ByteArrayOutputStream();

    @AfterEach
    void endThreads() {
        background.shutdownNow();
    }

    @Test
    void wholePathIsWarmedWithoutTheUsersScript() throws Exception {
        // given
        AtomicInteger asked = new AtomicInteger();

        // when
        try (ScriptRuntime runtime = scriptThatMustNotRun()) {
            Warmup.run(runtime, background, () -> asked.incrementAndGet() > 40, samples);
        }

        // then: a busy machine may not answer one of them within its deadline
        assertThat(samples.toString(StandardCharsets.UTF_8))
                .contains("{\"metric\":\"http_req_duration\",\"tags\":{\"expected_response\":\"true\"")
                .contains("{\"metric\":\"warm_trend\",\"tags\":{")
                .contains("\"type\":\"Points\"");
    }

    @Test
    void runThatIsStoppedDoesNotWaitForIt() throws Exception {
        try (ScriptRuntime runtime = scriptThatMustNotRun()) {
            Warmup.run(runtime, background, () -> true, samples);
        }

        assertThat(samples.toString(StandardCharsets.UTF_8)).doesNotContain("http_req_duration");
    }

    private ScriptRuntime scriptThatMustNotRun() throws Exception {
        return new ScriptRuntime(Files.writeString(folder.resolve("script.js"), "throw new Error('it ran');"));
    }
}
