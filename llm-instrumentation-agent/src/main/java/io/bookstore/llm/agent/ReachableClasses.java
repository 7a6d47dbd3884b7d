package io.bookstore.llm.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of the classes in the extension that some of them need, found by reading their class files. The search happens when
 * the list is first read: an application without LangChain4j never pays for it.
 */
final class ReachableClasses extends AbstractList<String> {

    /** The name of a class of ours in a class file, alone or in a signature; what follows it there is no letter and no digit. */
    private static final Pattern NAME = Pattern.compile("io/bookstore/llm/[\\w/$]+");

    private final ClassLoader extension;
    private final List<String> roots;
    private volatile @Nullable List<String> found;

    ReachableClasses(ClassLoader extension, Collection<String> roots) {
        this.extension = extension;
        this.roots = List.copyOf(roots);
    }

    @Override
    public String get(int index) {
        return found().get(index);
    }

    @Override
    public int size() {
        return found().size();
    }

    private List<String> found() {
        List<String> known = found;
        if (known == null) {
            known = search();
            found = known;
        }
        return known;
    }

    private List<String> search() {
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>();
        roots.forEach(root -> open.add(root.replace('.', '/')));
        Set<String> classes = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            String name = open.remove();
            String file = seen.add(name) ? read(name + ".class") : null;
            if (file != null) {
                classes.add(name.replace('/', '.'));
                Matcher names = NAME.matcher(file);
                while (names.find()) {
                    open.add(names.group());
                }
            }
        }
        return List.copyOf(classes);
    }

    /** Returns null for what only looks like the name of a class. */
    private @Nullable String read(String file) {
        try (InputStream in = extension.getResourceAsStream(file)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
