package io.bookstore.perf.cli.option;

import io.bookstore.perf.run.Installation;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The BookStore API that a command starts. */
public final class ApiJarOption {

    @Option(
            names = "--api-jar",
            paramLabel = "JAR",
            defaultValue = "${env:BOOKSTORE_API_JAR}",
            description = "The API to start (BOOKSTORE_API_JAR). Default: the one of this kit.")
    private @Nullable Path jar;

    /** The jar that was named, or the one of this kit. */
    public Path jar() {
        return Installation.locate(null, jar).apiJar();
    }
}
