package io.bookstore.perf.engine.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import java.util.List;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.k6.K6Container;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A k6 container with a folder of scripts. {@link K6Container} itself copies one file without what it imports, and puts the
 * command line together in an order of its own.
 */
final class K6FolderContainer extends K6Container {

    /** Working folder of the image, writable for its user. */
    static final String HOME = "/home/k6";

    static final String SCRIPTS = HOME + "/scripts";

    // The image's user is not ours: what we may read, it has to be able to read too.
    private static final int READABLE_BY_ALL = 0755;

    private final List<String> arguments;

    K6FolderContainer(String image, List<String> arguments, ScriptFolder folder) {
        super(DockerImageName.parse(image).asCompatibleSubstituteFor("grafana/k6"));
        this.arguments = List.copyOf(arguments);
        withCopyFileToContainer(MountableFile.forHostPath(folder.root(), READABLE_BY_ALL), SCRIPTS);
        withExtraHost(HostAddress.NAME, "host-gateway");
        withStartupCheckStrategy(new StartedOrEnded());
    }

    @Override
    protected void configure() {
        setCommandParts(arguments.toArray(String[]::new));
    }

    /** A script may end before anybody looks, and with any exit code: that is a result, not a failure to start. */
    private static final class StartedOrEnded extends StartupCheckStrategy {
        @Override
        public StartupStatus checkStartupState(DockerClient client, String containerId) {
            ContainerState state = getCurrentState(client, containerId);
            boolean ended = "exited".equals(state.getStatus()) || "dead".equals(state.getStatus());
            return Boolean.TRUE.equals(state.getRunning()) || ended
                    ? StartupStatus.SUCCESSFUL
                    : StartupStatus.NOT_YET_KNOWN;
        }
    }
}
