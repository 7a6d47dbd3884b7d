package io.bookstore.perf.stack;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks a running service whether it is ready, and gives it its test data. */
public final class ServiceProbe {

    private static final Duration pause = Duration.ofMillis(500);

    private final ServiceClient client = new ServiceClient();
    private final URI baseUrl;
    private final URI readiness;
    private final String remedy;

    /** Probes a BookStore API. */
    public ServiceProbe(URI baseUrl) {
        this(baseUrl, "/health/readiness", "correct BASE_URL");
    }

    /**
     * Probes any service.
     *
     * @param healthPath answers 200 when the service is ready; starts with a slash
     * @param remedy     what helps besides a start of the service, if nothing answers
     */
    public ServiceProbe(URI baseUrl, String healthPath, String remedy) {
        this.remedy = remedy;
        this.baseUrl = baseUrl;
        this.readiness = URI.create(baseUrl + healthPath);
    }

    /**
     * Returns once the service is ready.
     *
     * @param limit how long to keep asking; zero asks once
     * @throws PerfException if it is not ready by then
     */
    public void awaitReadiness(Duration limit) throws InterruptedException {
        long started = System.nanoTime();
        for (Optional<Integer> status = client.status(readiness); !ready(status); status = client.status(readiness)) {
            if (System.nanoTime() - started + pause.toNanos() > limit.toNanos()) {
                throw new PerfException(
                        ExitCode.UNAVAILABLE,
                        baseUrl + " is not ready: "
                                + status.map(code -> readiness + " answers " + code + ", see its log")
                                        .orElse("nothing answers, start it or " + remedy)
                                + ".");
            }
            Thread.sleep(pause.toMillis());
        }
    }

    /**
     * Has the service insert its test data; what is there already stays as it is.
     *
     * @throws PerfException if it refuses or does not answer
     */
    public void seed() throws InterruptedException {
        Optional<Integer> status = client.post(baseUrl.resolve("/seed-data")).map(HttpResponse::statusCode);
        if (status.isEmpty() || status.get() >= 400) {
            throw new PerfException(
                    ExitCode.UNAVAILABLE,
                    baseUrl + " took no test data: "
                            + status.map(code -> "/seed-data answers " + code).orElse("nothing answers") + ".");
        }
    }

    private static boolean ready(Optional<Integer> status) {
        return status.isPresent() && status.get() == 200;
    }
}
