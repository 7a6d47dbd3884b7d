package io.bookstore.testing.framework;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs a program of a test with other versions of a library than the test has, and keeps what is printed meanwhile. A test that
 * has this extension locks {@code System.out}.
 */
public final class OtherVersions implements BeforeEachCallback, AfterEachCallback {

    private final PrintStream out = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ClassLoader own = Thread.currentThread().getContextClassLoader();

    public OtherVersions() {}

    @Override
    public void beforeEach(ExtensionContext context) {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        System.setOut(out);
        Thread.currentThread().setContextClassLoader(own);
    }

    /**
     * Runs the method {@code run} of a class that is on the class path of the test.
     *
     * @param replaced part of the names of the jars that the program does not get
     * @param jars     those that it gets instead
     * @return the result of the method
     */
    public @Nullable Object run(String program, String replaced, List<Path> jars) throws Exception {
        try (URLClassLoader host =
                new URLClassLoader(classPath(replaced, jars), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(host);
            return host.loadClass(program).getMethod("run").invoke(null);
        }
    }

    private static URL[] classPath(String replaced, List<Path> jars) throws IOException {
        List<URL> path = new ArrayList<>();
        for (Path jar : jars) {
            path.add(jar.toUri().toURL());
        }
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!element.contains(replaced)) {
                path.add(Path.of(element).toUri().toURL());
            }
        }
        return path.toArray(URL[]::new);
    }

    /** Returns everything that has been printed since the test began. */
    public String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
