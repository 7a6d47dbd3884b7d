package io.bookstore.llm.internal.conventions;

import io.bookstore.llm.semconv.GenAiConventions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The generations that a telemetry writes. */
public final class Generations {

    private Generations() {}

    /** Returns them newest first: one that is written later wins where two give a name two types. */
    public static List<Generation> of(Set<GenAiConventions> conventions) {
        return conventions.stream()
                .sorted(Comparator.reverseOrder())
                .map(Generations::of)
                .toList();
    }

    private static Generation of(GenAiConventions conventions) {
        return switch (conventions) {
            case V1_36 -> new GenerationV136();
            case V1_41 -> new GenerationV141();
            case V0_1 -> new GenerationV01();
        };
    }
}
