package io.bookstore.perf;

/** A run cannot go on, and the reason is not a defect of this program: its message is all that the user needs to see. */
public final class PerfException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /** @param message one sentence that names the thing and the remedy */
    public PerfException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The sentence; never null, unlike that of other exceptions. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** The exit code of the command. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
