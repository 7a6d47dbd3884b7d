package io.bookstore.perf.export;

import io.bookstore.perf.results.facts.Secrets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A scenario as the {@code TestRun} of the k6-operator, with its scripts in a {@code ConfigMap}.
 *
 * <p>The operator's own {@code script.configMap} takes a single file. The scripts here are several and import each other
 * by path, so the map is mounted as a volume that puts each file where it belongs, and the script is a local file.
 *
 * @param name        name of both objects
 * @param namespace   null for that of the person who applies them
 * @param script      the script to run
 * @param kit         folder of this kit's scripts
 * @param env         variables for the script, {@code BASE_URL} included
 * @param parallelism number of pods that share the load
 * @param image       image of k6
 * @param descriptor  what the scripts find as {@code TARGET}; null for what {@code env} names
 */
public record K6OperatorExport(
        String name,
        @Nullable String namespace,
        Path script,
        Path kit,
        Map<String, String> env,
        int parallelism,
        String image,
        @Nullable Descriptor descriptor) {

    /**
     * A descriptor of a service, which the pods find among the scripts.
     *
     * @param name      its file without suffix
     * @param text      the whole of it
     * @param variables variables that it names, all of which the pods take from the Secret
     * @param data      texts of the files that it reads, by their paths from it
     */
    public record Descriptor(String name, String text, Set<String> variables, Map<String, String> data) {

        private static final String FOLDER = "targets/";

        public Descriptor {
            variables = Set.copyOf(variables);
            data = Map.copyOf(data);
        }

        private String path() {
            return FOLDER + name + ".yml";
        }
    }

    private static final String HOME = "/k6-scripts";
    private static final String VOLUME = "scripts";

    // Samples go to the pod's log, from where kubectl logs fetches them; a file would be gone with the pod.
    private static final String ARGUMENTS = "--out json=- --summary-mode=disabled --no-usage-report --no-color";

    public K6OperatorExport {
        env = Map.copyOf(env);
    }

    public Map<String, Object> configMap() {
        Map<String, Object> object = object("v1", "ConfigMap");
        Map<String, String> data = new LinkedHashMap<>();
        files().forEach((path, text) -> data.put(ScriptBundle.key(path), text));
        object.put("data", data);
        return object;
    }

    public Map<String, Object> testRun() {
        Map<String, Object> object = object("k6.io/v1alpha1", "TestRun");
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("parallelism", parallelism);
        spec.put("script", Map.of("localFile", HOME + "/" + bundle().script()));
        spec.put("arguments", ARGUMENTS);
        spec.put("runner", runner());
        object.put("spec", spec);
        return object;
    }

    private Map<String, Object> runner() {
        Map<String, Object> runner = new LinkedHashMap<>();
        runner.put("image", image);
        List<Object> variables = new ArrayList<>();
        variables().forEach((variable, value) -> variables.add(variable(variable, value)));
        runner.put("env", variables);
        List<Object> items = new ArrayList<>();
        files().keySet().forEach(path -> items.add(ordered("key", ScriptBundle.key(path), "path", path)));
        runner.put("volumes", List.of(ordered("name", VOLUME, "configMap", ordered("name", name, "items", items))));
        runner.put("volumeMounts", List.of(ordered("name", VOLUME, "mountPath", HOME)));
        return runner;
    }

    /** A secret is named, not written: the manifest goes into a repository, its value into a Secret of the same name. */
    private Map<String, Object> variable(String variable, String value) {
        return isSecret(variable, value)
                ? ordered(
                        "name", variable, "valueFrom", ordered("secretKeyRef", ordered("name", name, "key", variable)))
                : ordered("name", variable, "value", value);
    }

    /** The variables that the pods take from the Secret named {@link #name}; empty if none is secret. */
    public List<String> secrets() {
        return variables().entrySet().stream()
                .filter(each -> isSecret(each.getKey(), each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The command that makes the Secret, with its values left to the caller; empty if no variable is secret. */
    public Optional<String> secretCommand() {
        return secrets().stream()
                .map(variable -> " --from-literal=" + variable + "=...")
                .reduce(String::concat)
                .map(literals -> "kubectl create secret generic " + name + literals);
    }

    private boolean isSecret(String variable, String value) {
        return Secrets.isSecret(variable, value) || (descriptor != null && descriptor.variables.contains(variable));
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>(env);
        if (descriptor != null) {
            descriptor.variables.forEach(variable -> variables.put(variable, ""));
            variables.put("TARGET", descriptor.name);
        }
        return variables;
    }

    private Map<String, String> files() {
        Map<String, String> files = new TreeMap<>(bundle().files());
        if (descriptor != null) {
            files.put(descriptor.path(), descriptor.text);
            descriptor.data.forEach((path, text) -> files.put(Descriptor.FOLDER + path, text));
        }
        return files;
    }

    private Map<String, Object> object(String version, String kind) {
        Map<String, Object> metadata = ordered("name", name);
        if (namespace != null) {
            metadata.put("namespace", namespace);
        }
        return ordered("apiVersion", version, "kind", kind, "metadata", metadata);
    }

    private ScriptBundle bundle() {
        return ScriptBundle.of(script, kit);
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
