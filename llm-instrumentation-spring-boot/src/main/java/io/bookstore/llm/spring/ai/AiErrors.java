package io.bookstore.llm.spring.ai;

import io.bookstore.llm.error.CauseChain;
import io.bookstore.llm.error.ErrorType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The meaning of an exception of Spring AI, of its HTTP clients or of a provider's SDK: the status decides where there is one. */
final class AiErrors {

    private static final String RETRY = "org.springframework.ai.retry.";

    // Spring AI 1.1 tells the status in the message alone: "429 - {...}", and with its retry starter "HTTP 429 -
    // {...}".
    private static final Pattern STATUS = Pattern.compile("^(?:HTTP )?([45]\\d\\d) - ");

    private AiErrors() {}

    static ErrorType errorType(Throwable error) {
        for (Throwable cause : CauseChain.of(error)) {
            Integer status = status(cause);
            if (status != null) {
                return ErrorType.ofStatus(status);
            }
        }
        return ErrorType.of(error);
    }

    private static @Nullable Integer status(Throwable error) {
        // By name, because a host may lack the modules that declare them.
        for (Class<?> type = error.getClass(); type != Throwable.class && type != null; type = type.getSuperclass()) {
            switch (type.getName()) {
                case RETRY + "NonTransientAiException", RETRY + "TransientAiException" -> {
                    return statusOfMessage(error);
                }
                case "org.springframework.web.client.RestClientResponseException",
                        "org.springframework.web.reactive.function.client.WebClientResponseException" -> {
                    Long status = Accessors.number(error, "getStatusCode", "value");
                    return status == null ? null : Math.toIntExact(status);
                }
                default -> {}
            }
        }
        return null;
    }

    private static @Nullable Integer statusOfMessage(Throwable error) {
        Matcher status = STATUS.matcher(String.valueOf(error.getMessage()));
        return status.find() ? Integer.valueOf(status.group(1)) : null;
    }
}
