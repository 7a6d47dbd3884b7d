package io.bookstore.llm.operation;

import org.jspecify.annotations.Nullable;

/**
 * A judgement about the quality of an answer, by a person, a rule or another model. It becomes the event
 * {@code gen_ai.evaluation.result} of the call.
 *
 * @param name        what was judged, such as {@code relevance}; from a small set, since it is grouped by
 * @param score       the higher the better, in whatever range the name implies; null if there is only a label
 * @param label       the judgement in a word, such as {@code pass}; null if there is only a score
 * @param explanation why; null if nobody says
 */
public record Evaluation(
        String name,
        @Nullable Double score,
        @Nullable String label,
        @Nullable String explanation) {

    /** @throws IllegalArgumentException if the name is blank, or there is neither a score nor a label */
    public Evaluation {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("evaluation name must not be blank");
        }
        if (score == null && label == null) {
            throw new IllegalArgumentException("evaluation " + name + " must have a score or a label, has neither");
        }
    }

    public static Evaluation ofScore(String name, double score) {
        return new Evaluation(name, score, null, null);
    }

    public static Evaluation ofLabel(String name, String label) {
        return new Evaluation(name, null, label, null);
    }

    public Evaluation withLabel(String newLabel) {
        return new Evaluation(name, score, newLabel, explanation);
    }

    public Evaluation withExplanation(String newExplanation) {
        return new Evaluation(name, score, label, newExplanation);
    }
}
