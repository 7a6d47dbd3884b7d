package io.bookstore.llm.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
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

    private static String outputWithReason(@Nullable FinishReason reason) {
        return ContentConversion.output(ChatResponse.builder()
                        .aiMessage(AiMessage.from("hello you"))
                        .finishReason(reason)
                        .build())
                .outputJson();
    }
}
