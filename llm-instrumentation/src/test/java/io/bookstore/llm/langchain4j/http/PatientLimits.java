package io.bookstore.llm.langchain4j.http;

import java.time.Duration;

/** Limits for exchanges that are meant to succeed: minutes, which only a defect takes, however busy the machine is. */
public final class PatientLimits {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The exception: for exchanges that must end. */
    static final HttpLimits SHORT_DEADLINE = limits().withDeadline(Duration.ofMillis(400));

    private PatientLimits() {}

    /** The defaults but for the times. */
    public static HttpLimits limits() {
        return HttpLimits.defaults()
                .withConnectTimeout(PATIENCE)
                .withDeadline(PATIENCE)
                .withChunkTimeout(PATIENCE);
    }

    /** A client with these limits. */
    public static BoundedHttpClientBuilder http() {
        return BoundedHttpClientBuilder.create(limits());
    }
}
