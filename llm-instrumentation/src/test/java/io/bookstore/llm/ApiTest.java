package io.bookstore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is public is a decision: it stands in {@code api.txt}, so that a review sees it change. */
class ApiTest {

    private static final Path LIST = Path.of("api.txt");
    private static final Path CLASSES = Path.of("target/classes");

    @Test
    void publicSignaturesAreThoseOfTheList() throws Exception {
        Path actual = Path.of("target/api.txt");
        Files.write(actual, signatures());

        assertThat(actual)
                .as("if the change is meant: cp target/api.txt api.txt")
                .hasSameTextualContentAs(LIST);
    }

    private static List<String> signatures() throws IOException, ClassNotFoundException {
        List<String> lines = new ArrayList<>();
        for (String name : classNames()) {
            Class<?> type = Class.forName(name, false, ApiTest.class.getClassLoader());
            if (isVisible(type)) {
                lines.add(type.toGenericString().replaceAll("^.*?(@?\\b(?:class|interface|enum|record)\\b)", "$1"));
                lines.addAll(members(type));
            }
        }
        return lines;
    }

    private static List<String> members(Class<?> type) {
        Stream<String> fields = Arrays.stream(type.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()))
                .map(Field::toGenericString);
        Stream<Executable> executables =
                Stream.concat(Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()));
        Stream<String> calls = executables
                .filter(member -> Modifier.isPublic(member.getModifiers()) && !member.isSynthetic())
                .filter(member -> !(member instanceof Method method && method.isBridge()))
                .filter(member -> !List.of("equals", "hashCode", "toString").contains(member.getName()))
                .map(Executable::toGenericString);
        String own = type.getName() + ".";
        return Stream.concat(fields, calls)
                .map(line -> "    " + line.replace("public ", "").replace(own, ""))
                .sorted()
                .toList();
    }

    private static boolean isVisible(Class<?> type) {
        boolean visible = Modifier.isPublic(type.getModifiers()) && !type.isAnonymousClass();
        return visible && (type.getDeclaringClass() == null || isVisible(type.getDeclaringClass()));
    }

    private static List<String> classNames() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file -> file.replace(".class", "").replace('/', '.').replace('\\', '.'))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }
}
