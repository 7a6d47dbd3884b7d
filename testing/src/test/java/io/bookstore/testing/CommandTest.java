package io.bookstore.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class CommandTest {

    @TempDir
    private Path folder;

    @Test
    void resultHasTheExitCodeAndBothOutputs() {
        Command.Result result =
                shell("echo out; echo error >&2; cat; pwd; exit 3").in(folder).run();

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.output().lines())
                .startsWith("out", "error")
                .last()
                .asString()
                .endsWith(folder.getFileName().toString());
    }

    @Test
    void environmentHasWhatIsAddedAndNotWhatIsRemoved() {
        Command.Result result = shell("echo \"[$KEPT] [$DROPPED]\"")
                .with(Map.of("KEPT", "yes", "DROPPED", "no"))
                .without("DROP.*")
                .run();

        assertThat(result.output()).isEqualTo("[yes] []\n");
    }

    @Test
    void lineIsAwaitedAndTheEndWithoutItIsToldWithTheLog() {
        try (ChildProcess process = shell("echo port 17; echo bye; exit 4").start(folder.resolve("a.log"))) {
            assertThat(process.awaitLine("\\d+")).isEqualTo("17");

            assertThatThrownBy(() -> process.awaitLine("port \\w"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(
                            "no line \"port \\w\": the process ended with exit code 4; the last 2 of 2 lines of ")
                    .hasMessageEndingWith("port 17\nbye");
        }
    }

    @Test
    void closedProcessIsGoneWithWhatItHasStarted() {
        ChildProcess process = shell("sleep 600 & echo $!; wait").start(folder.resolve("a.log"));
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(process.awaitLine("\\d+"))).orElseThrow();

        process.close();

        child.onExit().join();
        assertThat(process.handle().isAlive()).isFalse();
    }

    private static Command shell(String script) {
        return Command.of("/bin/sh", "-c", script);
    }
}
