package io.bookstore.console.service;

import java.net.URI;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a service when somebody asks for it, and never by itself. It remembers the metrics of the service that it was last asked
 * for. Thread-safe: those who ask while it looks wait for the same look.
 */
public final class ServiceMonitor {

    /** Less than the pause of a page, so that each of its questions is a look; several pages share one. */
    private static final long PAUSE = Duration.ofSeconds(4).toNanos();

    /** The time that a service has for its health, and again for its metrics. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final URI named;
    private final LongSupplier nanoTime;
    private final Duration patience;
    private @Nullable Watched watched;

    /** @param named the service that is asked for unless a run has its own */
    public ServiceMonitor(URI named) {
        this(named, System::nanoTime, PATIENCE);
    }

    /** @param patience the time that a service has for an answer */
    public ServiceMonitor(URI named, LongSupplier nanoTime, Duration patience) {
        this.named = named;
        this.nanoTime = nanoTime;
        this.patience = patience;
    }

    /** A service as it is now, and was in the last quarter of an hour. */
    public record Look(ServiceHealth health, ServiceMetrics metrics) {}

    public URI named() {
        return named;
    }

    public synchronized Look look(URI service) {
        Watched asked = watched;
        if (asked == null || !asked.service.equals(service)) {
            asked = new Watched(service, patience);
            watched = asked;
        }
        return asked.look(nanoTime.getAsLong());
    }

    /** The service that was asked for last. */
    private static final class Watched {

        private final URI service;
        private final ServiceClient client;
        private final ChartWindow window = new ChartWindow();
        private @Nullable ServiceHealth health;
        private @Nullable String fault;
        private long lookedAt;

        Watched(URI service, Duration patience) {
            this.service = service;
            this.client = new ServiceClient(service, patience);
        }

        Look look(long now) {
            ServiceHealth last = health;
            if (last == null || now - lookedAt >= PAUSE) {
                last = client.health();
                fault = last.status() == ServiceStatus.SILENT ? last.sentence() : readMetrics(now);
                if (fault != null) {
                    window.addGap(now);
                }
                health = last;
                lookedAt = now;
            }
            return new Look(last, window.view(now, fault));
        }

        /** Returns the reason why there are none; null if there are. */
        private @Nullable String readMetrics(long now) {
            try {
                window.add(now, client.metrics(LineReader.seriesNames()));
                return null;
            } catch (UnreadableServiceException e) {
                return e.getMessage();
            }
        }
    }
}
