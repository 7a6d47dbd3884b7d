package io.bookstore.perf.testing;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/** A build of the BookStore API that takes 150 ms longer for each summary, before it asks its provider. */
public final class SlowBuild {

    private SlowBuild() {}

    /**
     * Makes a jar that starts another one with this class as its agent.
     *
     * @param build the runnable jar of the API
     */
    public static Path of(Path build, Path folder) {
        try (JarFile original = new JarFile(build.toFile())) {
            Attributes attributes = original.getManifest().getMainAttributes();
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.getMainAttributes()
                    .put(Attributes.Name.MAIN_CLASS, attributes.getValue(Attributes.Name.MAIN_CLASS));
            manifest.getMainAttributes().put(new Attributes.Name("Launcher-Agent-Class"), SlowBuild.class.getName());
            manifest.getMainAttributes()
                    .put(
                            Attributes.Name.CLASS_PATH,
                            Stream.of(build.toUri().toString(), location(SlowBuild.class), location(Advice.class))
                                    .collect(Collectors.joining(" ")));
            Path jar = folder.resolve("slow-api.jar");
            new JarOutputStream(Files.newOutputStream(jar), manifest).close();
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called by the JVM that starts the jar, before its main class. */
    public static void agentmain(String arguments, Instrumentation instrumentation) {
        new AgentBuilder.Default()
                .type(named("io.bookstore.api.summary.SummaryService"))
                .transform((builder, type, loader, module, domain) ->
                        builder.visit(Advice.to(Delay.class).on(named("prepare"))))
                .installOn(instrumentation);
    }

    private static String location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().toString();
    }

    /** Copied into the method by the agent. */
    private static final class Delay {

        @Advice.OnMethodEnter
        static void enter() throws InterruptedException {
            Thread.sleep(150);
        }
    }
}
