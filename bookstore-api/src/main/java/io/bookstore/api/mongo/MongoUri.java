package io.bookstore.api.mongo;

import com.mongodb.ConnectionString;
import io.bookstore.api.startup.StartupException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Completes a MongoDB connection string with a database and with deadlines.
 *
 * <p>The driver's own defaults wait 30 s for a server that is gone and without end for a connection from a full pool;
 * a request would outlive every deadline of this service.
 */
public final class MongoUri {

    /** The database of a connection string that names none. */
    public static final String DEFAULT_DATABASE = "bookstore";

    private static final Map<String, String> DEADLINES = deadlines();

    private MongoUri() {}

    /**
     * Returns {@code uri} with each option it does not set itself, and {@value #DEFAULT_DATABASE} if it names no
     * database.
     *
     * @throws StartupException if it is not a MongoDB connection string
     */
    public static String withDefaults(String uri) {
        ConnectionString parsed = parse(uri);
        int query = uri.indexOf('?');
        String base = query < 0 ? uri : uri.substring(0, query);
        String options = query < 0 ? "" : uri.substring(query + 1);
        if (parsed.getDatabase() == null) {
            base = base.endsWith("/") && !base.endsWith("//") ? base : base + "/";
            base = base + DEFAULT_DATABASE;
            // A user named in the string belongs to "admin" unless told otherwise; naming a database must not move it.
            if (parsed.getCredential() != null && !mentions(options, "authSource")) {
                options = join(options, "authSource=admin");
            }
        }
        for (Map.Entry<String, String> deadline : DEADLINES.entrySet()) {
            if (!mentions(options, deadline.getKey())) {
                options = join(options, deadline.getKey() + "=" + deadline.getValue());
            }
        }
        return base + "?" + options;
    }

    private static ConnectionString parse(String uri) {
        try {
            return new ConnectionString(uri);
        } catch (IllegalArgumentException e) {
            // Not the driver's message: it repeats the string, password included.
            throw new StartupException(
                    "MONGODB_URI (mongodb.uri) is not a MongoDB connection string;"
                            + " it must look like mongodb://host:27017/bookstore",
                    null);
        }
    }

    private static boolean mentions(String options, String name) {
        return ("&" + options).toLowerCase(Locale.ROOT).contains("&" + name.toLowerCase(Locale.ROOT) + "=");
    }

    private static String join(String options, String option) {
        return options.isEmpty() ? option : options + "&" + option;
    }

    private static Map<String, String> deadlines() {
        Map<String, String> options = new LinkedHashMap<>();
        // Clients are promised their 503 within two seconds.
        options.put("serverSelectionTimeoutMS", "1500");
        options.put("connectTimeoutMS", "2000");
        options.put("socketTimeoutMS", "5000");
        options.put("waitQueueTimeoutMS", "1000");
        options.put("maxPoolSize", "50");
        return options;
    }
}
