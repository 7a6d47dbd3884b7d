package io.bookstore.api.startup;

import io.micronaut.core.value.PropertyResolver;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The address of a console that was started with this service, for people to follow. */
public final class ConsoleAddress {

    private static final String KEY = "bookstore.console.url";

    // It stands in a page: no quote, no bracket, no credentials.
    private static final Pattern ADDRESS = Pattern.compile("https?://[\\w.-]+(:[0-9]{1,5})?(/[\\w./-]*)?");

    private ConsoleAddress() {}

    /**
     * Returns the address; null if nobody named one.
     *
     * @throws StartupException if it is no plain http or https address
     */
    public static @Nullable URI of(PropertyResolver settings) {
        String url = settings.getProperty(KEY, String.class, "").strip();
        if (url.isEmpty()) {
            return null;
        }
        if (!ADDRESS.matcher(url).matches()) {
            throw new StartupException(
                    KEY + " must be an http or https address such as http://127.0.0.1:7004, was " + SafeAddress.of(url),
                    null);
        }
        return URI.create(url);
    }
}
