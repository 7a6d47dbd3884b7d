package io.bookstore.llm.langchain4j.http;

import java.time.Duration;

/**
 * The limits of one exchange.
 *
 * @param connectTimeout until the connection stands; default 5 s
 * @param deadline       for the whole exchange, from the request to the last byte; default 60 s
 * @param chunkTimeout   the longest silence within a streamed answer; default 15 s
 * @param maxAnswerBytes an answer that grows beyond is cut; default 8 MiB
 */
public record HttpLimits(Duration connectTimeout, Duration deadline, Duration chunkTimeout, long maxAnswerBytes) {

    public HttpLimits {
        requirePositive("connectTimeout", connectTimeout);
        requirePositive("deadline", deadline);
        requirePositive("chunkTimeout", chunkTimeout);
        if (maxAnswerBytes <= 0) {
            throw new IllegalArgumentException("maxAnswerBytes must be > 0, was " + maxAnswerBytes);
        }
    }

    public static HttpLimits defaults() {
        return new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(15), 8L << 20);
    }

    public HttpLimits withConnectTimeout(Duration value) {
        return new HttpLimits(value, deadline, chunkTimeout, maxAnswerBytes);
    }

    public HttpLimits withDeadline(Duration value) {
        return new HttpLimits(connectTimeout, value, chunkTimeout, maxAnswerBytes);
    }

    public HttpLimits withChunkTimeout(Duration value) {
        return new HttpLimits(connectTimeout, deadline, value, maxAnswerBytes);
    }

    public HttpLimits withMaxAnswerBytes(long value) {
        return new HttpLimits(connectTimeout, deadline, chunkTimeout, value);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be > 0, was " + value);
        }
    }
}
