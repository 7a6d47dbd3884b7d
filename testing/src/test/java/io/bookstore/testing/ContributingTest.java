package io.bookstore.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The recipes of {@code CONTRIBUTING.md} name files that are there. */
class ContributingTest {

    private static final Path ROOT = Path.of("..");
    private static final int MOST_LINES = 150;
    private static final int LINE_LENGTH = 150;

    private static final Pattern PATH = Pattern.compile("`([^`\\s]*/[^`\\s]*)`");
    private static final Pattern RECIPE = Pattern.compile("### Add an? (.+)");

    private List<String> page = List.of();

    @BeforeEach
    void read() throws IOException {
        page = Files.readAllLines(ROOT.resolve("CONTRIBUTING.md"));
    }

    @Test
    void everyFileOfARecipeExists() {
        assertThat(paths(page))
                .filteredOn(path -> !path.contains("<"))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
    }

    @Test
    void everyNewFileGoesIntoAFolderThatExists() {
        assertThat(paths(page))
                .filteredOn(path -> path.contains("<"))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(ROOT.resolve(folder(path))).isDirectory());
    }

    @Test
    void everyRecipeNamesFiles() {
        Map<String, List<String>> recipes = recipes();

        assertThat(recipes)
                .containsOnlyKeys(
                        "provider",
                        "metric",
                        "threshold",
                        "scenario",
                        "executor",
                        "fault",
                        "chart",
                        "panel",
                        "problem type",
                        "price",
                        "known bad version");
        assertThat(recipes)
                .allSatisfy((name, lines) -> assertThat(paths(lines)).as(name).isNotEmpty());
    }

    @Test
    void pageIsShortAndSoAreItsLines() {
        assertThat(page)
                .hasSizeLessThanOrEqualTo(MOST_LINES)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(LINE_LENGTH));
    }

    /** The lines of each recipe, by what it adds. */
    private Map<String, List<String>> recipes() {
        Map<String, List<String>> recipes = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (String line : page) {
            var recipe = RECIPE.matcher(line);
            if (recipe.matches()) {
                lines = recipes.computeIfAbsent(recipe.group(1), name -> new ArrayList<>());
            }
            lines.add(line);
        }
        return recipes;
    }

    private static List<String> paths(List<String> lines) {
        return PATH.matcher(String.join("\n", lines))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/', path.indexOf('<')));
    }
}
