package io.bookstore.llm.langchain4j;

import dev.langchain4j.service.TokenStream;
import dev.langchain4j.spi.services.TokenStreamAdapter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;

/** Starts a stream and makes a future of it, as LangChain4j's adapter for Reactor makes a flux. */
public final class FutureAdapter implements TokenStreamAdapter {

    @Override
    public boolean canAdaptTokenStreamTo(Type type) {
        return type instanceof ParameterizedType parameterized && parameterized.getRawType() == CompletableFuture.class;
    }

    @Override
    public Object adapt(TokenStream stream) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        stream.onPartialResponse(text -> {})
                .onCompleteResponse(whole -> answer.complete(whole.aiMessage().text()))
                .onError(answer::completeExceptionally)
                .start();
        return answer;
    }
}
