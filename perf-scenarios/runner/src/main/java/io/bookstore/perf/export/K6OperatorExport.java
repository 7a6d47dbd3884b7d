package io.bookstore.perf.export;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.metrics.UrlCredentials;
import io.bookstore.perf.results.facts.Secrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
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
        @Nullable PodDescriptor descriptor) {

    private static final String HOME = "/k6-scripts";
    private static final String VOLUME = "scripts";
    private static final String SECRETS = "secrets";

    /** The sum of the values (k8s.io/api/core/v1, MaxSecretSize, which a ConfigMap has too). */
    private static final int MOST_BYTES = 1_048_576;

    // Samples go to the pod's log, from where kubectl logs fetches them; a file would be gone with the pod.
    private static final String ARGUMENTS = "--out json=- --summary-mode=disabled --no-usage-report --no-color";

    public K6OperatorExport {
        env = Map.copyOf(env);
        String service = env.getOrDefault("BASE_URL", "");
        if (!UrlCredentials.masked(service).equals(service)) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "BASE_URL has a user or a password before its host, which would stand in testrun.yaml: "
                            + PodDescriptor.SEND_AS_HEADER + ".");
        }
    }

    public Map<String, Object> configMap() {
        Map<String, Object> object = object("v1", "ConfigMap");
        Map<String, String> data = new LinkedHashMap<>();
        Map<String, String> files = files();
        refuseMoreThanFits(files);
        Map<String, String> keys = Keys.of(files.keySet());
        files.forEach((path, text) -> data.put(key(keys, path), text));
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
        runner.put("volumes", volumes());
        runner.put("volumeMounts", volumeMounts());
        return runner;
    }

    /** Secret files beside the descriptor share the volume of the scripts: nothing can be mounted inside a ConfigMap's. */
    private List<Object> volumes() {
        List<Object> volumes = new ArrayList<>();
        Map<String, Object> scripts = ordered("name", name, "items", items(Keys.of(files().keySet())));
        Map<String, String> besideIt = new TreeMap<>();
        secretKeys().forEach((path, key) -> PodDescriptor.besideIt(path).ifPresent(place -> besideIt.put(place, key)));
        volumes.add(
                besideIt.isEmpty()
                        ? ordered("name", VOLUME, "configMap", scripts)
                        : ordered(
                                "name",
                                VOLUME,
                                "projected",
                                ordered(
                                        "sources",
                                        List.of(
                                                ordered("configMap", scripts),
                                                ordered("secret", ordered("name", name, "items", items(besideIt)))))));
        if (descriptor != null && !descriptor.absolute().isEmpty()) {
            volumes.add(ordered("name", SECRETS, "secret", ordered("secretName", name)));
        }
        return volumes;
    }

    private static List<Object> items(Map<String, String> keys) {
        List<Object> items = new ArrayList<>();
        keys.forEach((path, key) -> items.add(ordered("key", key, "path", path)));
        return items;
    }

    /** A file of its own for each absolute path, so that nothing beside it in the image is hidden. */
    private List<Object> volumeMounts() {
        List<Object> mounts = new ArrayList<>();
        mounts.add(ordered("name", VOLUME, "mountPath", HOME));
        if (descriptor != null) {
            Map<String, String> keys = secretKeys();
            descriptor
                    .absolute()
                    .forEach(path -> mounts.add(
                            ordered("name", SECRETS, "mountPath", path, "subPath", key(keys, path), "readOnly", true)));
        }
        return mounts;
    }

    private static String key(Map<String, String> keys, String path) {
        return Objects.requireNonNull(keys.get(path), path);
    }

    private void refuseMoreThanFits(Map<String, String> files) {
        long bytes = files.values().stream().mapToLong(K6OperatorExport::bytes).sum();
        if (bytes <= MOST_BYTES) {
            return;
        }
        String rule = String.format(Locale.ROOT, "and a ConfigMap of Kubernetes holds %,d", MOST_BYTES);
        String data =
                descriptor == null ? "" : String.join("", descriptor.data().keySet());
        long ofData = files.entrySet().stream()
                .filter(file -> !data.isEmpty() && file.getKey().equals(PodDescriptor.FOLDER + data))
                .mapToLong(file -> bytes(file.getValue()))
                .sum();
        if (descriptor != null && bytes - ofData <= MOST_BYTES) {
            throw descriptor.refusal(
                    ExitCode.USAGE,
                    data,
                    String.format(
                            Locale.ROOT,
                            "the data file %s has %,d bytes, which with the scripts makes %,d, %s: shorten it, or let items ask the"
                                    + " service for a list by \"path\"",
                            data,
                            ofData,
                            bytes,
                            rule));
        }
        throw new PerfException(
                ExitCode.USAGE,
                String.format(
                        Locale.ROOT,
                        "The scripts beside %s have %,d bytes, %s: move the script with what it reads into a folder of its own.",
                        script,
                        bytes,
                        rule));
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
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

    /**
     * The command that makes the Secret, with the values of variables left to the caller, and paths of files from the descriptor;
     * empty if nothing is secret.
     */
    public Optional<String> secretCommand() {
        Stream<String> literals = secrets().stream().map(variable -> " --from-literal=" + variable + "=...");
        Stream<String> files = secretKeys().entrySet().stream()
                .map(file -> " --from-file=" + quoted(file.getValue() + "=" + file.getKey()));
        return Stream.concat(literals, files)
                .reduce(String::concat)
                .map(values -> "kubectl create secret generic " + name
                        + (namespace == null ? "" : " --namespace " + namespace) + values);
    }

    private static String quoted(String word) {
        return word.matches("[\\w./=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** The paths of secret files, from the descriptor. */
    public List<String> secretFiles() {
        return descriptor == null ? List.of() : descriptor.secretFiles();
    }

    private Map<String, String> secretKeys() {
        return descriptor == null ? Map.of() : descriptor.secretKeys(secrets());
    }

    private boolean isSecret(String variable, String value) {
        return Secrets.isSecret(variable, value)
                || !UrlCredentials.masked(value).equals(value)
                || (descriptor != null && descriptor.variables().contains(variable));
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>(env);
        if (descriptor != null) {
            descriptor.variables().forEach(variable -> variables.put(variable, ""));
            variables.put("TARGET", descriptor.name());
        }
        return variables;
    }

    private Map<String, String> files() {
        Map<String, String> files = new TreeMap<>(bundle().files());
        if (descriptor != null) {
            files.keySet().removeAll(descriptor.besideIt());
            files.put(descriptor.path(), descriptor.text());
            descriptor.data().forEach((path, text) -> files.put(PodDescriptor.FOLDER + path, text));
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
