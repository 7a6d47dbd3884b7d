package io.bookstore.llm.internal.jfr;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.EventType;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Events of the library, read from the file of a recording. */
final class RecordedEvents {

    static final List<String> OF_EVERY_EVENT = List.of("startTime", "duration", "eventThread", "stackTrace");
    static final String CALL = "io.bookstore.llm.Call";
    static final InferenceRequest REQUEST =
            InferenceRequest.chat("openai", "gpt-4o-mini").streaming(true).build();
    static final InferenceResponse RESPONSE = InferenceResponse.of("gpt-4o-mini-2024-07-18", TokenUsage.of(520L, 200L));

    private RecordedEvents() {}

    static List<RecordedEvent> read(Path file) throws IOException {
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.bookstore.llm."))
                .sorted(Comparator.comparing(RecordedEvent::getEndTime))
                .toList();
    }

    static List<ValueDescriptor> fields(EventType type) {
        return type.getFields().stream()
                .filter(field -> !OF_EVERY_EVENT.contains(field.getName()))
                .toList();
    }
}
