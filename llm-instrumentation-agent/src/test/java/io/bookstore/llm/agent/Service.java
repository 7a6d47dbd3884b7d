package io.bookstore.llm.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.SimulatorServer;
import io.bookstore.testing.Command;
import io.bookstore.testing.OtlpReceiver;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A service that runs under the agent with the extension, as a process of its own, and exports to a receiver.
 *
 * @param program   its main class
 * @param classPath without what the agent brings
 */
record Service(String program, List<String> classPath) {

    private static final String AGENT = "target/agent/opentelemetry-javaagent.jar";

    /** The jars of a service with LangChain4j that has nothing of ours, and no OpenTelemetry. */
    private static final Pattern FOREIGN =
            Pattern.compile(".*/(langchain4j|jackson|slf4j|logback|jspecify|jtokkit)-[^/]*");

    /** The classes of the programs. */
    private static final String PROGRAMS = "target/test-classes";

    private static final Pattern OURS =
            Pattern.compile(".*(/(opentelemetry-(api|context|common)|spring)-[^/]*|/commons-logging[^/]*"
                    + "|llm-instrumentation(-spring-boot)?(/target/classes|-\\d[^/]*\\.jar))");

    /** A service that knows nothing of the library. */
    static Service untouched(String program) {
        return new Service(program, classPath(FOREIGN));
    }

    /** A service that has the library, and the module for Spring Boot. */
    static Service withTheLibrary(String program) {
        return new Service(
                program,
                Stream.concat(classPath(FOREIGN).stream(), classPath(OURS).stream())
                        .distinct()
                        .toList());
    }

    /** The same with other jars in place of those of LangChain4j. */
    Service withLangChain4j(String... jars) {
        Stream<String> others = classPath.stream().filter(element -> !element.contains("langchain4j-"));
        return new Service(program, Stream.concat(Stream.of(jars), others).toList());
    }

    private static List<String> classPath(Pattern wanted) {
        Stream<String> jars = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(element -> wanted.matcher(element.replace('\\', '/')).matches());
        return Stream.concat(Stream.of(PROGRAMS), jars).toList();
    }

    /** Runs it to its end, which must be a good one; the agent has exported everything by then. */
    Command.Result run(SimulatorServer provider, OtlpReceiver collector, String... options) {
        Command.Result run = Command.java(256, options)
                .and("-javaagent:" + AGENT)
                .and("-Dotel.javaagent.extensions=" + System.getProperty("extension"))
                .and("-Dotel.exporter.otlp.endpoint=" + collector.endpoint())
                .and("-Dotel.logs.exporter=none")
                .and("-cp", String.join(File.pathSeparator, classPath))
                .and(program, provider.baseUrl().toString())
                .without("OTEL_.*|JAVA_TOOL_OPTIONS|LLM_.*")
                .run();
        assertThat(run.exitCode()).as(run.tail()).isZero();
        return run;
    }
}
