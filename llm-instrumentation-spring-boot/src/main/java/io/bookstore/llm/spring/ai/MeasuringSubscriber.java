package io.bookstore.llm.spring.ai;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.opentelemetry.context.Scope;
import org.reactivestreams.Subscription;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Passes every signal on and measures on the way. Signals to the model have the call's span current, those to the caller
 * never, even if the model answers on the thread that asked: the caller's work is not the model's.
 */
final class MeasuringSubscriber implements CoreSubscriber<ChatResponse>, Subscription {

    private final CoreSubscriber<? super ChatResponse> caller;
    private final GenAiTelemetry telemetry;
    private final Inference inference;
    private final StreamedAnswer answer;

    private Subscription model = Operators.emptySubscription();

    MeasuringSubscriber(CoreSubscriber<? super ChatResponse> caller, GenAiTelemetry telemetry, Inference inference) {
        this.caller = caller;
        this.telemetry = telemetry;
        this.inference = inference;
        this.answer = new StreamedAnswer(inference);
    }

    @Override
    public Context currentContext() {
        return caller.currentContext();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        model = subscription;
        try (Scope ignored = scopeOfCaller()) {
            caller.onSubscribe(this);
        }
    }

    @Override
    public void onNext(ChatResponse piece) {
        try {
            answer.add(piece);
        } catch (Throwable defect) {
            telemetry.defect("read_response", defect);
        }
        try (Scope ignored = scopeOfCaller()) {
            caller.onNext(piece);
        }
    }

    @Override
    public void onComplete() {
        inference.content(answer::content);
        inference.complete(Calls.read(telemetry, answer::response));
        try (Scope ignored = scopeOfCaller()) {
            caller.onComplete();
        }
    }

    @Override
    public void onError(Throwable error) {
        inference.fail(error, AiErrors::errorType);
        try (Scope ignored = scopeOfCaller()) {
            caller.onError(error);
        }
    }

    @Override
    public void request(long pieces) {
        try (Scope ignored = inference.makeCurrent()) {
            model.request(pieces);
        }
    }

    @Override
    public void cancel() {
        inference.cancel();
        model.cancel();
    }

    @SuppressWarnings("MustBeClosedChecker") // Closed by the signal that asks for it.
    private Scope scopeOfCaller() {
        return io.opentelemetry.context.Context.current() == inference.context()
                ? inference.parent().makeCurrent()
                : Scope.noop();
    }
}
