package io.bookstore.llm;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A host with another version of a library than these tests have: their class path, with the library replaced. */
public final class OtherHost {

    private final URL[] path;

    private OtherHost(List<URL> path) {
        this.path = path.toArray(new URL[0]);
    }

    /**
     * Replaces the library whose jars have {@code name} in their paths.
     *
     * @param library a directory of classes, or a jar
     */
    public static OtherHost with(Path library, String name) throws MalformedURLException {
        List<URL> path = new ArrayList<>();
        path.add(library.toUri().toURL());
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!element.contains(name)) {
                path.add(Path.of(element).toUri().toURL());
            }
        }
        return new OtherHost(path);
    }

    /** Replaces another library too. */
    public OtherHost and(Path library, String name) throws MalformedURLException {
        List<URL> replaced = new ArrayList<>();
        replaced.add(library.toUri().toURL());
        for (URL element : path) {
            if (!element.getPath().contains(name)) {
                replaced.add(element);
            }
        }
        return new OtherHost(replaced);
    }

    /** Calls the static method {@code run} of a class and returns what it tells. */
    public String run(String program) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        try (URLClassLoader host = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(host);
            return (String) host.loadClass(program).getMethod("run").invoke(null);
        } finally {
            thread.setContextClassLoader(own);
        }
    }
}
