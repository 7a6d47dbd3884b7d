package io.bookstore.api.startup;

import java.util.regex.Pattern;

/** Addresses in sentences about wrong ones: somebody may have written a password into it. */
public final class SafeAddress {

    private static final Pattern CREDENTIALS = Pattern.compile("^([^/]*//)?.*@", Pattern.DOTALL);

    private SafeAddress() {}

    /** The text with what stands before its last {@code @} hidden; it need be no address. */
    public static String of(String address) {
        return CREDENTIALS.matcher(address).replaceFirst("$1***@");
    }
}
