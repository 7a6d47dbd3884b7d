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
    private final String missing;

    private OtherHost(List<URL> path) {
        this(path, "");
    }

    private OtherHost(List<URL> path, String missing) {
        this.path = path.toArray(new URL[0]);
        this.missing = missing;
    }

    /** Takes a single class away, as if a library had not got it yet. */
    public static OtherHost without(String className) throws MalformedURLException {
        List<URL> path = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            path.add(Path.of(element).toUri().toURL());
        }
        return new OtherHost(path, className);
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
        try (URLClassLoader host = loader()) {
            thread.setContextClassLoader(host);
            return (String) host.loadClass(program).getMethod("run").invoke(null);
        } finally {
            thread.setContextClassLoader(own);
        }
    }

    private URLClassLoader loader() {
        return new URLClassLoader(path, ClassLoader.getPlatformClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.equals(missing)) {
                    throw new ClassNotFoundException(name);
                }
                return super.findClass(name);
            }
        };
    }
}
