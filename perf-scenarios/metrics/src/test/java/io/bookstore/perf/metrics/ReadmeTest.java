package io.bookstore.perf.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.testing.Command;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

    @TempDir
    private Path folder;

    @Test
    void programOfThePageJudgesAFileOfK6() throws Exception {
        Matcher block =
                Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("README.md")));
        assertThat(block.find()).isTrue();
        Path source = Files.writeString(folder.resolve("Judge.java"), block.group(1));
        String classPath = System.getProperty("java.class.path");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-cp", classPath, "-d", "" + folder, "" + source))
                .isZero();
        Path samples = Files.writeString(folder.resolve("samples.jsonl"), """
                {"type":"Metric","data":{"name":"http_req_duration","type":"trend","contains":"time","thresholds":[],"submetrics":null},"metric":"http_req_duration"}
                {"metric":"http_req_duration","type":"Point","data":{"time":"2026-11-23T10:00:00Z","value":120,"tags":{"name":"order"}}}
                {"metric":"http_req_duration","type":"Point","data":{"time":"2026-11-23T10:00:01Z","value":900,"tags":{"name":"list"}}}
                """);

        Command.Result program = Command.java(
                        64, "-cp", folder + File.pathSeparator + classPath, "Judge", samples.toString())
                .run();

        assertThat(program.output().strip()).isEqualTo("120.0 ms, holds: true");
        assertThat(program.exitCode()).isZero();
    }
}
