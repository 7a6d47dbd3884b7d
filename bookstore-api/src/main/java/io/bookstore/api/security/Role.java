package io.bookstore.api.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The rights of a client; each role has those of the roles before it too. */
public enum Role {
    READER,
    LIBRARIAN,
    MANAGER;

    /** Reads books and authors, and asks for summaries. */
    public static final String READS = "reader";

    /** Writes books and authors. */
    public static final String WRITES = "librarian";

    /** Seeds, breaks things on purpose, and sees how the service is set up. */
    public static final String MANAGES = "manager";

    /** The names of this role and of all that it includes. */
    List<String> names() {
        return Arrays.stream(values())
                .filter(role -> role.compareTo(this) <= 0)
                .map(Role::wireName)
                .toList();
    }

    /** The names of all roles that the named ones include; a name that is no role gives none. */
    static List<String> including(Collection<String> names) {
        return Arrays.stream(values())
                .filter(role -> names.contains(role.wireName()))
                .reduce((lower, higher) -> higher)
                .map(Role::names)
                .orElse(List.of());
    }

    private String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
