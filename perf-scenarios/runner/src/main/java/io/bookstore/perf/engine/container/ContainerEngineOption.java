package io.bookstore.perf.engine.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.bookstore.perf.engine.Engine;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.engine.k6.K6Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/** k6 in a container, wherever Testcontainers finds a Docker engine. */
public final class ContainerEngineOption implements EngineOption {

    /** Pinned, so that the same kit measures with the same k6. */
    static final String DEFAULT_IMAGE = K6Version.IMAGE;

    private final String image;
    private final Map<String, String> environment;
    private final Supplier<Optional<DockerClient>> docker;

    ContainerEngineOption(String image, Map<String, String> environment) {
        this(image, environment, ContainerEngineOption::connect);
    }

    /** @param docker connects to the Docker engine; empty if there is none, and may fail in any way */
    ContainerEngineOption(String image, Map<String, String> environment, Supplier<Optional<DockerClient>> docker) {
        this.image = image;
        this.environment = environment;
        this.docker = docker;
    }

    /** The image is {@code K6_IMAGE}, or the pinned one. */
    public static ContainerEngineOption fromEnvironment(Map<String, String> environment) {
        return new ContainerEngineOption(environment.getOrDefault("K6_IMAGE", DEFAULT_IMAGE), environment);
    }

    @Override
    public String name() {
        return ContainerEngine.NAME;
    }

    @Override
    public Availability availability() {
        Optional<K6Version> tooOld = taggedVersion().filter(version -> !version.supported());
        if (tooOld.isPresent()) {
            return new Availability(
                    false, "K6_IMAGE " + image + " is older than k6 " + K6Version.OLDEST + ", take " + DEFAULT_IMAGE);
        }
        if (!mayHaveDocker()) {
            return noDocker();
        }
        try {
            return docker.get().map(this::imageOn).orElseGet(ContainerEngineOption::noDocker);
        } catch (RuntimeException e) {
            // An engine without its default network, a socket without rights, an answer that is no JSON: no container
            // runs.
            return new Availability(false, "the Docker engine cannot be used: " + firstLine(e));
        }
    }

    private Availability imageOn(DockerClient client) {
        try {
            client.inspectImageCmd(image).exec();
            return new Availability(true, "image " + image + " on a Docker engine");
        } catch (NotFoundException notPulled) {
            return new Availability(
                    false, true, "the image " + image + " is not on this machine (docker pull " + image + ")");
        }
    }

    private static Availability noDocker() {
        return new Availability(false, "no Docker engine");
    }

    private static Optional<DockerClient> connect() {
        return DockerClientFactory.instance().isDockerAvailable()
                ? Optional.of(DockerClientFactory.lazyClient())
                : Optional.empty();
    }

    private static String firstLine(RuntimeException failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse(failure.getClass().getSimpleName());
    }

    /** A tag such as {@code latest} or {@code 1} tells no version; then the image is taken as it is. */
    private Optional<K6Version> taggedVersion() {
        int colon = image.lastIndexOf(':');
        return colon > image.lastIndexOf('/') ? K6Version.parse(image.substring(colon + 1)) : Optional.empty();
    }

    @Override
    public Engine engine() {
        return new ContainerEngine(image);
    }

    // Testcontainers takes a second to find out that there is nothing; on most machines a look at the usual places is
    // enough.
    private boolean mayHaveDocker() {
        boolean configured = environment.keySet().stream()
                .anyMatch(name -> name.equals("DOCKER_HOST") || name.startsWith("TESTCONTAINERS_"));
        Path home = Path.of(System.getProperty("user.home"));
        return configured
                || System.getProperty("os.name").startsWith("Windows")
                || Stream.of(
                                Path.of("/var/run/docker.sock"),
                                Path.of(environment.getOrDefault("XDG_RUNTIME_DIR", "/run"), "docker.sock"),
                                home.resolve(".docker/run/docker.sock"),
                                home.resolve(".docker/desktop/docker.sock"),
                                home.resolve(".testcontainers.properties"))
                        .anyMatch(Files::exists);
    }
}
