package io.bookstore.perf.junit;

import io.bookstore.perf.results.RunResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.MultipleFailuresError;

/** Runs the script of a {@link PerfScenario}, fails the test if it did not end as expected, and hands over the result. */
final class PerfScenarioExtension implements BeforeTestExecutionCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(PerfScenarioExtension.class);

    @Override
    public void beforeTestExecution(ExtensionContext context) throws InterruptedException {
        PerfScenario scenario = AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), PerfScenario.class)
                .orElseThrow();
        TestSurroundings surroundings = new TestSurroundings(context);
        Path output = surroundings.output(scenario);
        RunResult result = ScenarioOfTest.run(scenario, surroundings, output);
        context.publishReportEntry("perf.results", output.toString());
        failUnlessExpected(result, scenario.exitCode(), output);
        context.getStore(NAMESPACE).put(RunResult.class, result);
    }

    private static void failUnlessExpected(RunResult result, int expected, Path output) {
        List<ScenarioFailure> failures = ScenarioFailure.of(result, expected);
        if (failures.size() == 1) {
            throw failures.get(0);
        }
        if (!failures.isEmpty()) {
            throw new MultipleFailuresError(result.run().scenario() + ", see " + output, failures);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunResult.class;
    }

    @Override
    public RunResult resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE).get(RunResult.class, RunResult.class);
    }
}
