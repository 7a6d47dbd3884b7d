package io.bookstore.api.startup;

import io.bookstore.llm.error.CauseChain;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import org.jspecify.annotations.Nullable;

/** Finds the sentence a person needs in the exceptions a failed start leaves behind. */
public final class StartupFailure {

    private StartupFailure() {}

    public static StartupException explain(RuntimeException failure) {
        StartupException own = find(failure, StartupException.class);
        if (own != null) {
            return own;
        }
        ConversionErrorException conversion = find(failure, ConversionErrorException.class);
        if (conversion != null) {
            return new StartupException(
                    "A setting has a value of the wrong kind: " + firstLine(conversion.getMessage()), failure);
        }
        IllegalArgumentException rule = find(failure, IllegalArgumentException.class);
        if (rule != null && rule.getMessage() != null && rule.getMessage().contains("bookstore.")) {
            return new StartupException("Bad setting: " + rule.getMessage(), failure);
        }
        ConfigurationException configuration = find(failure, ConfigurationException.class);
        if (configuration != null) {
            return new StartupException("Bad setting: " + firstLine(configuration.getMessage()), failure);
        }
        return new StartupException("The service cannot start: " + failure, failure);
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable cause : CauseChain.of(failure)) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
