package io.bookstore.k6.vu;

/** The functions of a script that run once, around the iterations. */
public enum Once {
    SETUP("setup", Phase.SETUP, "::setup"),
    TEARDOWN("teardown", Phase.TEARDOWN, "::teardown"),
    SUMMARY("handleSummary", Phase.SUMMARY, "");

    private final String function;
    private final Phase phase;
    private final String group;

    Once(String function, Phase phase, String group) {
        this.function = function;
        this.phase = phase;
        this.group = group;
    }

    public String function() {
        return function;
    }

    Phase phase() {
        return phase;
    }

    /** The group that its samples belong to. */
    String group() {
        return group;
    }
}
