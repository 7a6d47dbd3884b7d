package io.bookstore.api.summary;

import io.bookstore.api.llm.AnswerJudge;
import io.bookstore.api.llm.call.LlmAnswer;
import io.bookstore.api.llm.call.LlmRequest;
import io.bookstore.llm.operation.Evaluation;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;

/** Breaks the service from within, where the setting {@code test.failing-judge} asks for it. */
@Singleton
@Replaces(Quality.class)
@Requires(property = "test.failing-judge")
final class FailingJudge implements AnswerJudge {

    @Override
    public List<Evaluation> judge(LlmRequest request, LlmAnswer generation) {
        throw new StackOverflowError("as a judge of a test would have it");
    }
}
