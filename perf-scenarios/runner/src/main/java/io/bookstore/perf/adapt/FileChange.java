package io.bookstore.perf.adapt;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file before and after.
 *
 * @param path   path below the folder, with slashes
 * @param before null if it is not there
 * @param after  null if it goes away
 * @param byHand whether somebody else wrote what is there
 */
public record FileChange(
        String path, @Nullable String before, @Nullable String after, boolean byHand) {

    private static final String NO_FILE = "/dev/null";
    private static final int CONTEXT = 3;

    /** The lines of a unified diff. */
    public List<String> diff() {
        List<String> old = lines(before);
        return UnifiedDiffUtils.generateUnifiedDiff(
                before == null ? NO_FILE : path,
                after == null ? NO_FILE : path,
                old,
                DiffUtils.diff(old, lines(after)),
                CONTEXT);
    }

    private static List<String> lines(@Nullable String text) {
        return text == null ? List.of() : text.lines().toList();
    }
}
