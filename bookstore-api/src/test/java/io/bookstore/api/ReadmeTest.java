package io.bookstore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.llm.call.LlmFailure;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    /** What the table says for a default that is empty. */
    private static final Map<String, String> OTHER_WORDS = Map.of("off", "");

    @Test
    void everySettingIsInTheTable() throws IOException {
        List<String> lines = readme();

        assertThat(Settings.known())
                .allSatisfy(key ->
                        assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("| `" + key + "` |")));
        assertThat(lines.stream().filter(line -> line.startsWith("| `bookstore.")))
                .hasSize(Settings.known().size());
    }

    @Test
    void defaultsAndShortNamesAreThoseOfTheConfiguration() throws IOException {
        Pattern variable = Pattern.compile("\\$\\{([A-Z_]+):`?(.*?)`?}");
        Map<String, String> described = new TreeMap<>();
        Map<String, String> configured = new TreeMap<>();
        try (InputStream file = Files.newInputStream(Path.of("src/main/resources/application.yml"))) {
            new YamlPropertySourceLoader().read("application", file).forEach((key, value) -> {
                if (key.startsWith("bookstore.") && !key.startsWith("bookstore.llm.providers.")) {
                    Matcher environment = variable.matcher(String.valueOf(value));
                    boolean named = environment.matches();
                    configured.put(key, named ? environment.group(1) + " " + environment.group(2) : " " + value);
                }
            });
        }
        for (String line : readme()) {
            String[] cells = line.split(" ?\\| ?", -1);
            if (cells.length > 5 && configured.containsKey(cells[1].replace("`", ""))) {
                String value = OTHER_WORDS.getOrDefault(cells[5], cells[5]);
                described.put(cells[1].replace("`", ""), cells[2].replace("`", "") + " " + value);
            }
        }

        assertThat(described).isEqualTo(configured);
    }

    @Test
    void tableOfFailuresIsTheOneInTheCode() throws IOException {
        List<String> rows = Arrays.stream(LlmFailure.values())
                .map(failure -> String.join(
                        " | ",
                        "| `" + failure.reason() + "`",
                        Integer.toString(failure.problemType().status().getCode()),
                        failure.problemType().uri().replace("urn:bookstore:problem:", ""),
                        yesOrNo(failure.retryable()),
                        yesOrNo(failure.anotherProviderMayHelp()),
                        yesOrNo(failure.cacheable()),
                        yesOrNo(failure.countsForBreaker()),
                        yesOrNo(failure.mayBeBilled()),
                        failure.errorType().wireName() + " |"))
                .toList();

        assertThat(readme()).containsSequence(rows);
    }

    private static String yesOrNo(boolean value) {
        return value ? "yes" : "no";
    }

    private static List<String> readme() throws IOException {
        return Files.readAllLines(Path.of("README.md"));
    }
}
