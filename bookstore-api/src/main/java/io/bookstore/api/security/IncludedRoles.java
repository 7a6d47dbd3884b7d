package io.bookstore.api.security;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.util.StringUtils;
import io.micronaut.security.token.DefaultRolesFinder;
import io.micronaut.security.token.RolesFinder;
import io.micronaut.security.token.config.TokenConfiguration;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The roles a token names, in a list or a text, with those they include. */
@Singleton
@Replaces(DefaultRolesFinder.class)
@Requires(property = "micronaut.security.enabled", value = StringUtils.TRUE)
final class IncludedRoles implements RolesFinder {

    private final TokenConfiguration config;

    IncludedRoles(TokenConfiguration config) {
        this.config = config;
    }

    @Override
    public List<String> resolveRoles(Map<String, Object> attributes) {
        Object claim = attributes.get(config.getRolesName());
        if (claim instanceof Collection<?> names) {
            return Role.including(names.stream().map(String::valueOf).toList());
        }
        return claim == null
                ? List.of()
                : Role.including(List.of(String.valueOf(claim).split("[ ,]+", -1)));
    }
}
