package io.bookstore.api.http.paging;

import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The number of a page, from 1. The query has it, and {@link Paging} checks it. */
@Parameter(required = false, schema = @Schema(minimum = "1", maximum = "" + Paging.MAX_PAGE, defaultValue = "1"))
@QueryValue(defaultValue = "1")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface PageNumber {}
