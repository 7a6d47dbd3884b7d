package io.bookstore.llm.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking for the global OpenTelemetry does not set it, in the oldest and the newest version that the library works with. */
class GlobalSdkTest {

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "newest"})
    void globalSdkIsFoundOnceItIsSetAndCanStillBeSetBefore(String version) throws Exception {
        try (URLClassLoader application =
                new URLClassLoader(classPath(version), ClassLoader.getPlatformClassLoader())) {
            Method find = application
                    .loadClass("io.bookstore.llm.framework.GlobalSdk")
                    .getDeclaredMethod("find");
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
        return new URL[] {
            Path.of("target/classes").toUri().toURL(),
            Path.of("target/opentelemetry", version).toUri().toURL()
        };
    }
}
