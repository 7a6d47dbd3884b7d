package io.bookstore.api.llm;

import io.bookstore.api.llm.call.LlmAnswer;
import io.bookstore.api.llm.call.LlmRequest;
import io.bookstore.llm.operation.Evaluation;
import java.util.List;

/** Says what an answer is like, for telemetry; the answer is given to the client whatever it says. */
public interface AnswerJudge {

    /** Judges what a provider has just written; must not throw. */
    List<Evaluation> judge(LlmRequest request, LlmAnswer answer);
}
