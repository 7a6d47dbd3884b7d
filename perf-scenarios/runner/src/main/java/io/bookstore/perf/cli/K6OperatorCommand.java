package io.bookstore.perf.cli;

import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.Inspection;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.option.LoadedServiceOption;
import io.bookstore.perf.cli.option.ScenarioOption;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.engine.k6.K6Version;
import io.bookstore.perf.export.K6OperatorExport;
import io.bookstore.perf.export.Manifests;
import io.bookstore.perf.export.PodDescriptor;
import io.bookstore.perf.run.TargetDescriptor;
import io.bookstore.perf.scenario.Scenario;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "k6-operator",
        description =
                "Writes a ConfigMap with the scripts and a TestRun (k6.io/v1alpha1) for the k6-operator on Kubernetes.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example, with the samples of each pod as one result at the end:",
            "  llm-perf export k6-operator ai-load --base-url http://api:7002 --out k8s",
            "  kubectl apply --server-side -f k8s",
            "  kubectl logs ai-load-1-xxxxx > 1.jsonl",
            "  kubectl logs ai-load-2-xxxxx > 2.jsonl",
            "  llm-perf report --scenario ai-load 1.jsonl 2.jsonl"
        })
final class K6OperatorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ScenarioOption scenario = new ScenarioOption();

    @Mixin
    private LoadedServiceOption loaded = new LoadedServiceOption();

    @Option(
            names = "--parallelism",
            paramLabel = "PODS",
            defaultValue = "1",
            description = "Pods that share the load. Default: 1.")
    private int parallelism;

    @Option(names = "--namespace", paramLabel = "NAME", description = "Default: that of whoever applies the manifests.")
    private @Nullable String namespace;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            defaultValue = "${env:K6_IMAGE:-" + K6Version.IMAGE + "}",
            description = "Image of k6 (K6_IMAGE). Default: " + K6Version.IMAGE + ".")
    private String image;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Folder for the manifests. Default: k6-operator/SCENARIO.")
    private @Nullable Path output;

    @SuppressWarnings("NullAway.Init")
    K6OperatorCommand() {}

    @Override
    public Integer call() {
        Scenario only = onlyScenario();
        Map<String, String> env = scenario.variables(only);
        URI service = scenario.service(loaded);
        if (service == null) {
            throw new PerfException(
                    ExitCode.USAGE, "Pods cannot start the BookStore API: say with --base-url what they shall load.");
        }
        refuseMissingScript(only);
        env.put("BASE_URL", service.toString());
        K6OperatorExport export = new K6OperatorExport(
                only.name().replaceAll("[^a-zA-Z0-9-]", "-").toLowerCase(java.util.Locale.ROOT),
                namespace,
                scenario.script(only),
                scenario.scripts(),
                env,
                parallelism,
                image,
                descriptor(env));
        Map<String, Object> configMap = export.configMap();
        refuseMorePodsThanUsers(only, env);
        Path folder = output == null ? Path.of("k6-operator", only.name()) : output;
        write(folder.resolve("configmap.yaml"), configMap);
        write(folder.resolve("testrun.yaml"), export.testRun());
        export.secretCommand()
                .ifPresent(command -> spec.commandLine()
                        .getOut()
                        .println("Before it is applied"
                                + (export.secretFiles().isEmpty() ? "" : ", in the folder of the descriptor") + ": "
                                + command));
        return ExitCode.OK.value();
    }

    /** The descriptor of a service of others, which the pods do not have otherwise. */
    private @Nullable PodDescriptor descriptor(Map<String, String> env) {
        String target = env.getOrDefault("TARGET", TargetDescriptor.OWN);
        if (target.equals(TargetDescriptor.OWN)) {
            return null;
        }
        Path file = TargetDescriptor.file(target, scenario.scripts());
        String name =
                file.getFileName().toString().replaceFirst("\\.ya?ml$", "").replaceAll("[^\\w-]", "-");
        return PodDescriptor.read(
                file, name, TargetDescriptor.read(target, scenario.scripts()).environment());
    }

    private Scenario onlyScenario() {
        if (scenario.scenarios().size() > 1) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "A TestRun is one scenario, and " + scenario.folderName() + " is several: export each.");
        }
        return scenario.scenarios().get(0);
    }

    private void refuseMissingScript(Scenario only) {
        Path script = scenario.script(only);
        if (!Files.isRegularFile(script)) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "No script at " + script + ": correct the path, or name the folder of scripts with --scripts.");
        }
    }

    /** The operator would only say so after the pods have started. */
    private void refuseMorePodsThanUsers(Scenario only, Map<String, String> env) {
        Inspection inspection =
                new EmbeddedEngine().inspect(new EngineRequest(scenario.script(only), env, Path.of(".")));
        EngineOutcome problem = inspection.problem();
        if (problem != null) {
            throw new PerfException(ExitCode.USAGE, String.valueOf(problem.problem()));
        }
        int users = inspection.known().stream()
                .flatMap(plan -> plan.scenarios().stream())
                .filter(each -> !each.openLoop())
                .mapToInt(RunPlan.Scenario::peak)
                .max()
                .orElse(Integer.MAX_VALUE);
        if (parallelism < 1 || parallelism > users) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "--parallelism must be 1 to " + (users == Integer.MAX_VALUE ? "any number" : users)
                            + ", the virtual users of " + only.name() + ", was " + parallelism + ".");
        }
    }

    private void write(Path file, Map<String, Object> object) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, Manifests.yaml(object));
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "Cannot write " + file + " (" + e.getMessage() + "): choose another folder with --out.");
        }
        spec.commandLine().getOut().println(file);
    }
}
