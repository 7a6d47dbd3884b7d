package org.springframework.ai.echo;

import java.util.List;
import java.util.Objects;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;

/** A model of a final class below Spring AI's package, as version 2.0 has them. */
public final class FinalChatModel implements ChatModel {

    @Override
    public ChatResponse call(Prompt prompt) {
        Objects.requireNonNull(prompt, "prompt");
        return new ChatResponse(List.of(new Generation(new AssistantMessage("echo"))));
    }
}
