package io.bookstore.llm.spring.ai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.llm.cost.TokenUsage;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.openai.api.OpenAiApi;

class UsageReaderTest {

    private static final TokenUsage WITH_PARTS = new TokenUsage(100L, 20L, 60L, null, 8L);

    @Test
    void partsOfSpringAi11AreInItsOwnUsageOfOpenAi() throws Exception {
        OpenAiApi.Usage ofProvider = new ObjectMapper().readValue("""
                        {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120,
                         "prompt_tokens_details": {"cached_tokens": 60},
                         "completion_tokens_details": {"reasoning_tokens": 8}}
                        """, OpenAiApi.Usage.class);

        assertThat(UsageReader.read(new DefaultUsage(100, 20, 120, ofProvider))).isEqualTo(WITH_PARTS);
    }

    @Test
    void totalsAreAllThatIsKnownOfAnotherProvider() {
        assertThat(UsageReader.read(new DefaultUsage(100, 20))).isEqualTo(TokenUsage.of(100L, 20L));
    }

    @Test
    void zerosAndNothingAreUnknown() {
        assertThat(UsageReader.read(new EmptyUsage())).isEqualTo(TokenUsage.UNKNOWN);
        assertThat(UsageReader.read(null)).isEqualTo(TokenUsage.UNKNOWN);
        assertThat(UsageReader.readInput(new EmptyUsage())).isEqualTo(TokenUsage.UNKNOWN);
    }
}
