package io.bookstore.llm.internal.jfr;

import static io.bookstore.llm.internal.jfr.RecordedEvents.CALL;
import static io.bookstore.llm.internal.jfr.RecordedEvents.REQUEST;
import static io.bookstore.llm.internal.jfr.RecordedEvents.RESPONSE;
import static io.bookstore.llm.internal.jfr.RecordedEvents.fields;
import static io.bookstore.llm.internal.jfr.RecordedEvents.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.bookstore.llm.operation.ToolRequest;
import io.bookstore.testing.Warnings;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.ObjectName;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands and the table of docs/jfr.md. */
class FlightRecorderPageTest {

    private static final Path PAGE = Path.of("docs/jfr.md");
    private static final List<Class<? extends Event>> EVENTS =
            List.of(JfrCall.class, JfrChunk.class, JfrTool.class, JfrAgent.class, JfrRetrieval.class);

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @RegisterExtension
    final Warnings log = new Warnings();

    @TempDir
    Path folder;

    private final GenAiTelemetry telemetry = GenAiTelemetry.create(otel.getOpenTelemetry());

    @Test
    void commandsOfThePageRecordCallsAndLeaveShortGapsOut() throws Exception {
        List<String> atStart = options("java -XX:StartFlightRecording:filename=llm\\.jfr,(\\S+) -jar", ",");
        List<String> whileItRuns = options("jcmd PID JFR\\.start name=llm (.+)", " ");

        assertThat(whileItRuns).contains("+io.bookstore.llm.Chunk#threshold=200ms");
        assertThat(recordedBy(atStart)).containsExactly(CALL, "io.bookstore.llm.Tool");
        assertThat(recordedBy(whileItRuns)).containsExactly(CALL);
    }

    @Test
    void pageListsEveryField() throws Exception {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (Class<? extends Event> type : EVENTS) {
            for (ValueDescriptor field : fields(EventType.getEventType(type))) {
                String meaning = Stream.of(field.getLabel(), field.getDescription())
                        .filter(text -> text != null)
                        .collect(Collectors.joining(": "));
                rows.computeIfAbsent("`" + field.getName() + "` | " + meaning, key -> new ArrayList<>())
                        .add(EventType.getEventType(type).getName().replace("io.bookstore.llm.", ""));
            }
        }
        String table = rows.entrySet().stream()
                .map(row -> "| " + row.getKey() + " | "
                        + (row.getValue().size() == EVENTS.size() ? "all" : String.join(", ", row.getValue())) + " |\n")
                .collect(Collectors.joining());

        assertThat(Files.readString(PAGE)).contains("| Field | Meaning | Events |\n|---|---|---|\n" + table + "\n");
    }

    /** The names of the events in a recording of a call and a tool, started as by {@code jcmd} with these options. */
    private List<String> recordedBy(List<String> options) throws Exception {
        Path file = Files.createTempFile(folder, "command", ".jfr");
        diagnose("jfrStart", Stream.concat(Stream.of("name=test"), options.stream()));
        try {
            Inference call = telemetry.start(REQUEST);
            call.chunk();
            call.complete(RESPONSE);
            telemetry.callTool(ToolRequest.function("weather"), () -> "sunny");
        } finally {
            diagnose("jfrStop", Stream.of("name=test", "filename=" + file));
        }
        return read(file).stream().map(event -> event.getEventType().getName()).toList();
    }

    private static void diagnose(String command, Stream<String> options) throws Exception {
        ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        command,
                        new Object[] {options.toArray(String[]::new)},
                        new String[] {String[].class.getName()});
    }

    /** The options of a command of the page. */
    private static List<String> options(String command, String separator) throws IOException {
        Matcher matcher = Pattern.compile(command).matcher(Files.readString(PAGE));
        assertThat(matcher.find()).as(command).isTrue();
        return List.of(matcher.group(1).split(separator, -1));
    }
}
