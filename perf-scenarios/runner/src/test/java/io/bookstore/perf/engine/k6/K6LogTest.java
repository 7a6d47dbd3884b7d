package io.bookstore.perf.engine.k6;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.testing.RecordingListener;
import org.junit.jupiter.api.Test;

class K6LogTest {

    private final RecordingListener listener = new RecordingListener();

    /** The literal line of k6 1.7.1 for an iteration that threw. */
    @Test
    void exceptionOfAnIterationIsToldBesideItsLine() {
        new K6Log(listener).readLine("""
                {"executor":"per-vu-iterations","level":"error","msg":"Error: out of stock\\n\\tat default (file:///s.js:2:39(3))\\n",\
                "scenario":"default","source":"stacktrace","time":"2026-11-23T10:00:00Z"}""");

        assertThat(listener.thrown).containsExactly("Error: out of stock");
        assertThat(listener.logs).hasSize(1);
    }

    @Test
    void errorThatTheScriptLogsIsNoException() {
        new K6Log(listener).readLine("{\"level\":\"error\",\"msg\":\"out of stock\",\"source\":\"console\"}");

        assertThat(listener.thrown).isEmpty();
        assertThat(listener.logs).containsExactly("error out of stock");
    }
}
