package io.bookstore.console.runs;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The states of a run; it goes through them from top to bottom. */
public enum RunStatus {
    QUEUED,
    PREPARING,
    ASKING,
    RUNNING,
    ENDING,

    /** The run has a result, whatever its verdict. */
    FINISHED,

    /** The run could not begin, or left no result. */
    FAILED,

    /** A person ended the run, or did not agree to its cost. */
    CANCELLED,

    /** The console ended, and the run with it; or somebody else ended the run. */
    INTERRUPTED;

    /** Returns whether nothing of the run is going on any more, and nothing will. */
    public boolean ended() {
        return compareTo(FINISHED) >= 0;
    }

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
