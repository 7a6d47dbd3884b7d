package io.bookstore.api.http.validation;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.validation.validator.constraints.ConstraintValidator;
import jakarta.inject.Singleton;

@Factory
final class ConstraintValidators {

    @Singleton
    ConstraintValidator<Isbn13, CharSequence> isbn13(
            @Property(name = "bookstore.api.strict-isbn", defaultValue = "true") boolean strict) {
        return (value, annotation, context) -> {
            boolean good = value == null || (strict ? isIsbn13(value) : hasFormOfIsbn(value));
            if (!good && !strict) {
                context.messageTemplate("must begin with 978 or 979 and have 10 to 20 digits, hyphens allowed");
            }
            return good;
        };
    }

    @Singleton
    ConstraintValidator<PlainText, CharSequence> plainText() {
        return (value, annotation, context) -> value == null || isPlainText(value);
    }

    static boolean isIsbn13(CharSequence text) {
        String digits = text.toString().replace("-", "");
        if (!digits.matches("97[89][0-9]{10}")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            sum += i % 2 == 0 ? digit : 3 * digit;
        }
        return sum % 10 == 0;
    }

    /** Accepts the made-up numbers of load scripts, such as 978-0- and the time. */
    private static boolean hasFormOfIsbn(CharSequence text) {
        return text.toString().replace("-", "").matches("97[89][0-9]{7,17}");
    }

    static boolean isPlainText(CharSequence text) {
        return text.codePoints().noneMatch(ConstraintValidators::isForbidden);
    }

    private static boolean isForbidden(int codePoint) {
        boolean layout = codePoint == '\n' || codePoint == '\r' || codePoint == '\t';
        boolean halfPair = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return halfPair || (Character.isISOControl(codePoint) && !layout);
    }
}
