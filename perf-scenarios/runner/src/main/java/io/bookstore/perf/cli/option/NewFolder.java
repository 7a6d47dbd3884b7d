package io.bookstore.perf.cli.option;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** The folder of results where the user names none. */
public final class NewFolder {

    private static final DateTimeFormatter time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private NewFolder() {}

    /** Returns a folder below {@code reports}, with the time of now. */
    public static Path named(String name) {
        return Path.of("reports", name + "-" + time.format(LocalDateTime.now()));
    }
}
