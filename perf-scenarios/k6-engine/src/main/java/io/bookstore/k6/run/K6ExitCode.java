package io.bookstore.k6.run;

/** k6's exit codes, as far as a local run can end with them. */
public final class K6ExitCode {
    public static final int PASSED = 0;
    public static final int THRESHOLDS_CROSSED = 99;
    public static final int SETUP_TIMEOUT = 100;
    public static final int TEARDOWN_TIMEOUT = 101;
    public static final int INVALID_CONFIGURATION = 104;
    public static final int INTERRUPTED = 105;
    public static final int SCRIPT_EXCEPTION = 107;
    public static final int ABORTED_BY_SCRIPT = 108;
    public static final int INTERNAL_ERROR = 109;
    public static final int MARKED_AS_FAILED = 110;
    public static final int OTHER = 255;

    private K6ExitCode() {}
}
