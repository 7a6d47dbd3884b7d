package io.bookstore.k6.script;

/** A call that k6 answers and the embedded engine cannot: it stops the run, because what was measured without it would mislead. */
public final class UnsupportedCall extends RuntimeException {
    private final String remedy;

    /**
     * @param what   the call, for example {@code response.html()}
     * @param remedy the thing to do instead, half a sentence
     */
    public UnsupportedCall(String what, String remedy) {
        super(what, null, false, false);
        this.remedy = remedy;
    }

    /** @param place the line of the script that calls it; empty if unknown */
    String sentence(String place) {
        return "%s is not supported by the embedded engine%s; %s."
                .formatted(getMessage(), place.isEmpty() ? "" : " (" + place + ")", remedy);
    }

    /** The sentence without a place. */
    public String sentence() {
        return sentence("");
    }
}
