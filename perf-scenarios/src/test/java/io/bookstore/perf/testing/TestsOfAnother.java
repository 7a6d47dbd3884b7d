package io.bookstore.perf.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs tests as a build does, and tells what became of each. */
final class TestsOfAnother {

    private TestsOfAnother() {}

    /** A program for a class path of its own: its argument is the test class, its exit code the number of failures. */
    public static void main(String[] arguments) {
        Map<String, Optional<Throwable>> outcomes = run(Map.of(), selectClass(arguments[0]));
        outcomes.forEach((test, failure) ->
                System.out.println(test + " " + failure.map(Throwable::toString).orElse("passed")));
        System.exit((int) outcomes.values().stream().filter(Optional::isPresent).count());
    }

    /** What the test failed with; empty if it passed. */
    static Optional<Throwable> failureOf(Class<?> testClass, String method, Map<String, String> configuration) {
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

    private static Map<String, Optional<Throwable>> run(Map<String, String> configuration, DiscoverySelector selector) {
        Map<String, Optional<Throwable>> outcomes = new LinkedHashMap<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selector)
                                .configurationParameters(configuration)
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (test.isTest()) {
                                    outcomes.put(test.getDisplayName(), result.getThrowable());
                                }
                            }
                        });
        return outcomes;
    }
}
