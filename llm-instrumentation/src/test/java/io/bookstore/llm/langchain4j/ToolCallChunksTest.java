package io.bookstore.llm.langchain4j;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A tool call is a chunk once: piece by piece, or as a whole where its provider sends no pieces. */
class ToolCallChunksTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @Test
    void callThatCameInPiecesIsNoFurtherChunkWhenItIsComplete() {
        List<String> told = stream(handler -> {
            handler.onPartialToolCall(piece(0));
            handler.onPartialToolCall(piece(0));
            handler.onCompleteToolCall(whole(0));
            handler.onPartialToolCall(piece(1));
            handler.onCompleteToolCall(whole(1));
        });

        assertThat(told).containsExactly("piece 0", "piece 0", "whole 0", "piece 1", "whole 1");
        assertThat(gapsBetweenChunks()).isEqualTo(2);
    }

    @Test
    void callThatComesAsAWholeIsAChunk() {
        stream(handler -> {
            handler.onCompleteToolCall(whole(0));
            handler.onCompleteToolCall(whole(1));
        });

        assertThat(attributes(onlySpan(otel))).containsKey("gen_ai.response.time_to_first_chunk");
        assertThat(gapsBetweenChunks()).isEqualTo(1);
    }

    private static long gapsBetweenChunks() {
        return otel.getMetrics().stream()
                .filter(metric -> metric.getName().equals("gen_ai.client.operation.time_per_output_chunk"))
                .flatMap(metric -> metric.getHistogramData().getPoints().stream())
                .mapToLong(HistogramPointData::getCount)
                .sum();
    }

    private static List<String> stream(Consumer<StreamingChatResponseHandler> script) {
        StreamingChatModel model = new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                script.accept(handler);
                handler.onCompleteResponse(ChatResponse.builder()
                        .aiMessage(AiMessage.from("called"))
                        .build());
            }
        };
        GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
                .build();
        Host host = new Host(new ArrayList<>());
        InstrumentedStreamingChatModel.wrap(model, telemetry)
                .chat(
                        ChatRequest.builder()
                                .messages(UserMessage.from("what time is it?"))
                                .build(),
                        host);
        return host.told();
    }

    private static PartialToolCall piece(int index) {
        return PartialToolCall.builder()
                .index(index)
                .name("clock")
                .partialArguments("{")
                .build();
    }

    private static CompleteToolCall whole(int index) {
        return new CompleteToolCall(
                index,
                ToolExecutionRequest.builder().name("clock").arguments("{}").build());
    }

    private record Host(List<String> told) implements StreamingChatResponseHandler {

        @Override
        public void onPartialToolCall(PartialToolCall piece) {
            told.add("piece " + piece.index());
        }

        @Override
        public void onCompleteToolCall(CompleteToolCall whole) {
            told.add("whole " + whole.index());
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            // The calls are what this is about.
        }

        @Override
        public void onError(Throwable error) {
            throw new AssertionError(error);
        }
    }
}
