package io.bookstore.api;

import io.bookstore.api.startup.LogFormat;
import io.bookstore.api.startup.ParentWatch;
import io.bookstore.api.startup.StartupException;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeIn;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.servers.Server;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Runs the service in the foreground until it is told to stop. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "BookStore API",
                        version = "v1",
                        description = "Books, authors, and summaries by a language model. Every error is a problem"
                                + " document (RFC 9457). A key is needed only where the service has been given keys."),
        servers = @Server(url = "/", description = "The service that this document comes from"),
        tags = {
            @Tag(name = "Books", description = "Books: reading, searching and writing them"),
            @Tag(name = "Authors", description = "Authors: reading and writing them"),
            @Tag(
                    name = "Summaries",
                    description = "Summaries of books by a language model, and the providers of models"),
            @Tag(name = "Sample data", description = "Books and authors to begin with"),
            @Tag(name = "State of the service", description = "Health and metrics"),
            @Tag(name = "Errors on demand", description = "Only where bookstore.error-test.enabled is true")
        },
        security = {@SecurityRequirement(name = "key"), @SecurityRequirement(name = "token")})
@SecurityScheme(
        name = "key",
        type = SecuritySchemeType.APIKEY,
        in = SecuritySchemeIn.HEADER,
        paramName = "X-API-Key",
        description = "A reader reads and asks for summaries, a librarian writes too, a manager does everything")
@SecurityScheme(name = "token", type = SecuritySchemeType.HTTP, scheme = "bearer", description = "A key, or a JWT")
public final class Application {

    /** The exit code of a service that could not start, whatever the reason: {@code EX_CONFIG} of sysexits.h. */
    static final int CANNOT_START = 78;

    private static final String NO_NATIVE = "io.netty.transport.noNative";

    private Application() {}

    /** Starts the service from files and environment; it has no arguments of its own. */
    @SuppressWarnings("SystemOut") // the banner and the one sentence of a failed start are for a person
    public static void main(String[] args) throws InterruptedException {
        long start = System.nanoTime();
        // The AWS client brings the classes of a native transport without its library; JDK 24 warns when it is
        // searched.
        System.setProperty(NO_NATIVE, System.getProperty(NO_NATIVE, "true"));
        BookStore store;
        LogFormat format;
        try {
            format = LogFormat.apply(System.getenv());
            // One log: what a library says by java.util.logging follows logback.xml too.
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
            store = BookStore.start(Map.of());
        } catch (StartupException e) {
            System.err.println(e.getMessage());
            System.exit(CANNOT_START);
            return;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            store.close();
                            stopped.countDown();
                        },
                        "shutdown"));
        ParentWatch.startIfAsked(store.context().getEnvironment());
        String banner = Banner.of(store, System.nanoTime() - start);
        if (format == LogFormat.JSON) {
            Logger logger = LoggerFactory.getLogger(Application.class);
            banner.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(logger::info);
        } else {
            System.out.print(banner);
        }
        stopped.await();
    }
}
