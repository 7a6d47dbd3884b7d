package io.bookstore.llm.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking for the global OpenTelemetry does not set it, in the oldest and the newest version that the library works with. */
class GlobalSdkTest {

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void globalSdkIsFoundOnceItIsSetAndCanStillBeSetBefore(String version) throws Exception {
        try (URLClassLoader application =
                new URLClassLoader(classPath(version), ClassLoader.getPlatformClassLoader())) {
            Method find =
                    application.loadClass("io.bookstore.llm.spring.GlobalSdk").getDeclaredMethod("find");
            find.setAccessible(true);
            assertThat(find.invoke(null)).isNull();

            Class<?> api = application.loadClass("io.opentelemetry.api.OpenTelemetry");
            application
                    .loadClass("io.opentelemetry.api.GlobalOpenTelemetry")
                    .getMethod("set", api)
                    .invoke(null, api.getMethod("noop").invoke(null));
            assertThat(find.invoke(null)).isNotNull();
        }
    }

    private static URL[] classPath(String version) throws Exception {
        List<URL> urls = new ArrayList<>();
        urls.add(Path.of("target/classes").toUri().toURL());
        try (Stream<Path> jars = Files.list(Path.of("target/opentelemetry", version))) {
            for (Path jar : jars.toList()) {
                urls.add(jar.toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
