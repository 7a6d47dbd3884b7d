package io.bookstore.llm.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.bookstore.llm.content.Content;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContentConversionTest {

    @Test
    void reasonOfAnAnswerIsTheProviders() {
        assertThat(outputWithReason(FinishReason.LENGTH)).contains("\"finish_reason\":\"length\"");
    }

    @Test
    void reasonThatNobodyToldIsUnknown() {
        assertThat(outputWithReason(null)).contains("\"finish_reason\":\"unknown\"");
    }

    @Test
    void imagesAndSoundsAreToldByTheirKindAlone() {
        String input = ContentConversion.input(ChatRequest.builder()
                        .messages(UserMessage.from(
                                TextContent.from("what is this?"),
                                ImageContent.from("https://host/secret.png"),
                                ImageContent.from("c2VjcmV0", "image/png"),
                                AudioContent.from("c2VjcmV0", "audio/wav")))
                        .build())
                .inputJson();

        assertThat(input)
                .isEqualTo("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"what is this?\"},"
                        + "{\"type\":\"uri\",\"modality\":\"image\"},{\"type\":\"blob\",\"modality\":\"image\"},"
                        + "{\"type\":\"blob\",\"modality\":\"audio\"}]}]");
    }

    @Test
    void userIsToldByName() {
        Content input = ContentConversion.input(
                ChatRequest.builder().messages(UserMessage.from("Ada", "hello")).build());

        assertThat(input.inputJson())
                .isEqualTo(
                        "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"hello\"}],\"name\":\"Ada\"}]");
        assertThat(input.edited(text -> "#").inputJson()).doesNotContain("Ada", "hello");
    }

    @Test
    void toolsThatTheModelIsOfferedAreToldWithoutTheirParameters() {
        Content input = ContentConversion.input(ChatRequest.builder()
                .messages(UserMessage.from("weather?"))
                .toolSpecifications(
                        ToolSpecification.builder()
                                .name("get_weather")
                                .description("of a city")
                                .parameters(JsonObjectSchema.builder()
                                        .addStringProperty("city")
                                        .build())
                                .build(),
                        ToolSpecification.builder().name("get_time").build())
                .build());

        assertThat(input.toolsJson())
                .isEqualTo("[{\"type\":\"function\",\"name\":\"get_weather\",\"description\":\"of a city\"},"
                        + "{\"type\":\"function\",\"name\":\"get_time\"}]");
        assertThat(input.edited(text -> "#").toolsJson())
                .contains("get_weather")
                .doesNotContain("of a city");
    }

    private static String outputWithReason(@Nullable FinishReason reason) {
        return ContentConversion.output(ChatResponse.builder()
                        .aiMessage(AiMessage.from("hello you"))
                        .finishReason(reason)
                        .build())
                .outputJson();
    }
}
