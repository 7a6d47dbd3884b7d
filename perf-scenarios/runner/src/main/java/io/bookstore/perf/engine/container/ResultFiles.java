package io.bookstore.perf.engine.container;

import com.github.dockerjava.api.model.ChangeLog;
import java.nio.file.Path;
import java.util.List;

/** The files that k6 left in its working folder; fetched before the container goes, since they are lost with it. */
record ResultFiles(K6FolderContainer container, Path output) {

    void fetch() {
        List<String> changed = container.getDockerClient().containerDiffCmd(container.getContainerId()).exec().stream()
                .map(ChangeLog::getPath)
                .filter(path -> path.startsWith(K6FolderContainer.HOME + "/"))
                .filter(path -> !path.startsWith(K6FolderContainer.SCRIPTS))
                .toList();
        for (String path : changed) {
            String name = path.substring(K6FolderContainer.HOME.length() + 1);
            boolean folder = changed.stream().anyMatch(other -> other.startsWith(path + "/"));
            // handleSummary cannot create folders, so its files lie side by side.
            if (!folder && !name.contains("/")) {
                container.copyFileFromContainer(path, output.resolve(name).toString());
            }
        }
    }
}
