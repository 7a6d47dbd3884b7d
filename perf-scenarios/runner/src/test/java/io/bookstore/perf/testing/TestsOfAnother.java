package io.bookstore.perf.testing;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests as a build does, and tells what became of each. */
public final class TestsOfAnother {

    private TestsOfAnother() {}

    /** A program for a JVM of its own: its arguments are the test classes, its exit code the number of failures. */
    public static void main(String[] arguments) {
        Map<String, Optional<Throwable>> outcomes = run(
                Map.of(),
                Arrays.stream(arguments).map(DiscoverySelectors::selectClass).toArray(DiscoverySelector[]::new));
        outcomes.forEach((test, failure) ->
                System.out.println(test + " " + failure.map(Throwable::toString).orElse("passed")));
        System.exit((int) outcomes.values().stream().filter(Optional::isPresent).count());
    }

    /** Runs one test method and returns its failure; empty if it passed or was aborted. */
    public static Optional<Throwable> failureOf(Class<?> testClass, String method, Map<String, String> configuration) {
        List<Class<?>> parameters = new ArrayList<>();
        for (java.lang.reflect.Method candidate : testClass.getDeclaredMethods()) {
            if (candidate.getName().equals(method)) {
                parameters.addAll(List.of(candidate.getParameterTypes()));
            }
        }
        return run(configuration, selectMethod(testClass, method, parameters.toArray(Class<?>[]::new)))
                .values()
                .iterator()
                .next();
    }

    /** A test that was left out for a named reason has not failed. */
    private static Optional<Throwable> failure(TestExecutionResult result) {
        return result.getStatus() == TestExecutionResult.Status.ABORTED ? Optional.empty() : result.getThrowable();
    }

    private static Map<String, Optional<Throwable>> run(
            Map<String, String> configuration, DiscoverySelector... selectors) {
        // Classes may run at the same time.
        Map<String, Optional<Throwable>> outcomes = Collections.synchronizedMap(new LinkedHashMap<>());
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectors)
                                .configurationParameters(configuration)
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (test.isTest()) {
                                    outcomes.put(test.getUniqueId(), failure(result));
                                }
                            }
                        });
        return outcomes;
    }
}
