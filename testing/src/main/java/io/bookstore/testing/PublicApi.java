package io.bookstore.testing;

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
import java.util.stream.Stream;

/** The public signatures of a module, which its {@code api.txt} lists so that a review sees them change. */
public final class PublicApi {

    private PublicApi() {}

    /**
     * Returns a line for each public type, followed by its public members, in alphabetical order.
     *
     * @param classes  the folder of the compiled classes, which are on this JVM's class path too
     * @param packages the packages that are the API; if none is named, all but those within one called {@code internal}
     */
    public static List<String> signatures(Path classes, String... packages) throws IOException, ClassNotFoundException {
        List<String> lines = new ArrayList<>();
        for (String name : classNames(classes)) {
            Class<?> type = Class.forName(name, false, PublicApi.class.getClassLoader());
            String home = type.getPackageName();
            boolean chosen = packages.length == 0
                    ? !home.contains(".internal")
                    : List.of(packages).contains(home);
            if (chosen && isVisible(type)) {
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
        // Micronaut writes a public class of such a name for each bean.
        boolean generated = type.isAnonymousClass() || type.getSimpleName().startsWith("$");
        boolean visible = Modifier.isPublic(type.getModifiers()) && !generated;
        return visible && (type.getDeclaringClass() == null || isVisible(type.getDeclaringClass()));
    }

    private static List<String> classNames(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file -> file.replace(".class", "").replace('/', '.').replace('\\', '.'))
                    .sorted()
                    .toList();
        }
    }
}
