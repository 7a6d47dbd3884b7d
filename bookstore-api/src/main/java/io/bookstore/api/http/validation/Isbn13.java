package io.bookstore.api.http.validation;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An ISBN-13: thirteen digits, hyphens allowed between them, and a check digit that fits. Null passes. Where
 * {@code bookstore.api.strict-isbn} is false, 978 or 979 and 7 to 17 digits more are enough.
 */
@Constraint(validatedBy = {})
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE_USE})
public @interface Isbn13 {

    /** The form without the check digit, for the description of the API. */
    String PATTERN = "^-*9-*7-*[89](-*[0-9]){10}-*$";

    String message() default "must be an ISBN-13 with a valid check digit";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
