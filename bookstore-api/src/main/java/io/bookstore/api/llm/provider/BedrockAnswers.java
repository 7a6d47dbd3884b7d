package io.bookstore.api.llm.provider;

import io.bookstore.api.llm.call.LlmException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Sees the answers of Bedrock before the SDK reads them: tells when one begins, and cuts one that grows too long. */
final class BedrockAnswers implements ExecutionInterceptor {

    /** The watch to tell that the answer to a request begins. */
    static final ExecutionAttribute<AnswerWatch> WATCH = new ExecutionAttribute<>("bookstore-answer-watch");

    private final long maxBytes;

    /** @param maxBytes the longest answer allowed */
    BedrockAnswers(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** An asynchronous client calls it with the head of the answer, before the body. */
    @Override
    public void afterTransmission(Context.AfterTransmission answer, ExecutionAttributes request) {
        @Nullable AnswerWatch watch = request.getAttribute(WATCH);
        if (watch != null && answer.httpResponse().isSuccessful()) {
            watch.markAnswerBegun();
        }
    }

    @Override
    public Optional<Publisher<ByteBuffer>> modifyAsyncHttpResponseContent(
            Context.ModifyHttpResponse answer, ExecutionAttributes request) {
        return answer.responsePublisher().map(this::bounded);
    }

    private Publisher<ByteBuffer> bounded(Publisher<ByteBuffer> body) {
        return Flux.defer(() -> {
            AtomicLong bytes = new AtomicLong();
            return Flux.from(body).doOnNext(part -> {
                if (bytes.addAndGet(part.remaining()) > maxBytes) {
                    throw LlmException.unusableAnswer();
                }
            });
        });
    }
}
