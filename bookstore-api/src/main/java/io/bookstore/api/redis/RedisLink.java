package io.bookstore.api.redis;

import io.bookstore.api.startup.StartupException;
import io.bookstore.llm.error.CauseChain;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to Redis that is there or is not: nobody waits until it is made.
 *
 * <p>It is made in the background from the start on. After a failure there is none until Redis has answered again, which
 * the background finds out once a second. One line is logged when Redis stops helping, with its own words, and one when it
 * helps again; what the causes in between are called is chance.
 */
public final class RedisLink implements AutoCloseable {

    // Nobody waits for it, so it may take as long as one between two continents does.
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MAX_REASON = 200;
    private static final Logger logger = LoggerFactory.getLogger(RedisLink.class);

    private final RedisClient client;
    private final RedisURI uri;
    private final String password;
    private final Duration commandTimeout;
    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile @Nullable StatefulRedisConnection<String, String> connection;
    private volatile boolean usable;
    private volatile boolean closed;
    private boolean away;

    private RedisLink(RedisURI uri, RedisClient client, Duration commandTimeout) {
        this.uri = uri;
        this.commandTimeout = commandTimeout;
        RedisCredentials credentials =
                uri.getCredentialsProvider().resolveCredentials().block();
        this.password =
                credentials != null && credentials.hasPassword() ? String.valueOf(credentials.getPassword()) : "";
        this.client = client;
    }

    /**
     * Begins to connect.
     *
     * @param commandTimeout after which a command has failed
     * @throws StartupException if the address is none
     */
    public static RedisLink to(String address, Duration commandTimeout) {
        RedisURI uri;
        try {
            uri = RedisURI.create(address);
        } catch (IllegalArgumentException e) {
            throw new StartupException(
                    "REDIS_URI (bookstore.cache.redis-uri) is not a Redis address;"
                            + " it must look like redis://host:6379",
                    null);
        }
        uri.setTimeout(CONNECT_TIMEOUT);
        RedisClient client = RedisClient.create();
        client.setOptions(ClientOptions.builder()
                // Lettuce waits ever longer between its own attempts; the probe asks each second.
                .autoReconnect(false)
                .socketOptions(
                        SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
                .timeoutOptions(TimeoutOptions.enabled(commandTimeout))
                .build());
        RedisLink link = new RedisLink(uri, client, commandTimeout);
        link.probeIn(Duration.ZERO);
        return link;
    }

    /** The commands of the connection; null as long as Redis does not answer. */
    @Nullable
    public RedisAsyncCommands<String, String> commands() {
        StatefulRedisConnection<String, String> current = connection;
        return usable && current != null ? current.async() : null;
    }

    /** The longest wait for the answer to a command. */
    public Duration commandTimeout() {
        return commandTimeout;
    }

    /** Reports a command that failed; none is sent until Redis has answered again. */
    public void reportFailure(Throwable failure) {
        synchronized (this) {
            usable = false;
            warnOnce(failure);
        }
        probeIn(PAUSE);
    }

    private void probeIn(Duration delay) {
        if (!closed && probing.compareAndSet(false, true)) {
            var unused = client.getResources()
                    .eventExecutorGroup()
                    .schedule(this::probe, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void probe() {
        var unused = ask().whenComplete((ok, failure) -> {
            probing.set(false);
            if (failure == null) {
                markUsable();
            } else {
                dropConnection();
                reportFailure(failure);
            }
        });
    }

    private CompletionStage<?> ask() {
        StatefulRedisConnection<String, String> current = connection;
        try {
            return current == null
                    ? client.connectAsync(StringCodec.UTF8, uri).thenAccept(made -> connection = made)
                    : current.async().ping();
        } catch (RuntimeException e) {
            // Thrown past the probe, it would be the last one.
            return CompletableFuture.failedFuture(e);
        }
    }

    private synchronized void markUsable() {
        if (away) {
            logger.info("Redis at {}:{} answers again", uri.getHost(), uri.getPort());
        }
        away = false;
        // After the line: a Redis that the status calls UP has nothing more to say about its outage.
        usable = true;
    }

    private void dropConnection() {
        StatefulRedisConnection<String, String> current = connection;
        connection = null;
        if (current != null) {
            var unused = current.closeAsync();
        }
    }

    private void warnOnce(Throwable failure) {
        if (!closed && !away) {
            away = true;
            logger.warn(
                    "Redis at {}:{} does not help at the moment ({}); until it does, summaries are kept in memory only,"
                            + " and each instance may spend a tenth of the day's budget",
                    uri.getHost(),
                    uri.getPort(),
                    reason(rootOf(failure)));
        }
    }

    /** The words of Redis, if it said anything; a Redis that does not know a command repeats it, with the password in it. */
    private String reason(Throwable root) {
        String name = root.getClass().getSimpleName();
        if (!(root instanceof RedisCommandExecutionException) || root.getMessage() == null) {
            return name;
        }
        String said = root.getMessage().replaceAll("\\p{Cntrl}", " ");
        if (!password.isEmpty()) {
            said = said.replace(password, "***");
        }
        return said.substring(0, Math.min(said.length(), MAX_REASON));
    }

    private static Throwable rootOf(Throwable failure) {
        List<Throwable> chain = CauseChain.of(failure);
        return chain.get(chain.size() - 1);
    }

    @Override
    public void close() {
        closed = true;
        usable = false;
        // A connection that is just being made still hears of it; without the pause Netty logs an error at each stop.
        client.shutdown(50, 1_000, TimeUnit.MILLISECONDS);
    }
}
