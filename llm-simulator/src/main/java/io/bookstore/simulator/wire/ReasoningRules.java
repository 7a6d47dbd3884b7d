package io.bookstore.simulator.wire;

/**
 * The reasoning that a request asks for.
 *
 * @param effort       a factor of the tokens that the profile draws; 1 is medium
 * @param budgetTokens most tokens
 */
public record ReasoningRules(Occasion occasion, double effort, int budgetTokens, Display display) {

    /** No reasoning. */
    public static final ReasoningRules NONE = new ReasoningRules(Occasion.NEVER, 0, 0, Display.HIDDEN);

    /** The request says nothing, and the model reasons by default: the profile decides. */
    public static final ReasoningRules UNASKED =
            new ReasoningRules(Occasion.BY_DEFAULT, 1, Integer.MAX_VALUE, Display.HIDDEN);

    /** The share of the answers that reason. */
    public enum Occasion {
        NEVER,
        /** In the share of answers that the profile says. */
        BY_DEFAULT,
        ALWAYS
    }

    /** The part of the reasoning that the answer shows. */
    public enum Display {
        HIDDEN,
        /** Encrypted data alone, which the client sends back. */
        REDACTED,
        SUMMARY,
        FULL
    }

    /** Reasoning within a budget. */
    public static ReasoningRules of(double effort, int budgetTokens, Display display) {
        return new ReasoningRules(Occasion.ALWAYS, effort, budgetTokens, display);
    }

    /**
     * The factor of a level, by its name. The levels of all providers are steps of three, an assumption: nobody publishes the
     * tokens of a level.
     *
     * @throws IllegalArgumentException if there is no such level
     */
    public static double effort(String level) {
        return switch (level) {
            case "minimal" -> 0.1;
            case "low" -> 1 / 3.0;
            case "medium" -> 1;
            case "high" -> 3;
            case "xhigh", "max" -> 9;
            default -> throw new IllegalArgumentException("There is no effort \"" + level + "\"");
        };
    }
}
