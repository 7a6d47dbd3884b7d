package io.bookstore.perf;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;

/** Tells contents apart by twelve digits of their SHA-256, wherever the files are. */
public final class ContentHash {

    private static final int BYTES_SHOWN = 6;

    private ContentHash() {}

    /**
     * The hash of files under their names.
     *
     * @throws IOException if one cannot be read
     */
    public static String of(SortedMap<String, Path> files) throws IOException {
        MessageDigest digest = sha256();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            // With its length, so that no content can pass for the name of another file.
            String head = file.getKey() + '\n' + Files.size(file.getValue()) + '\n';
            digest.update(head.getBytes(StandardCharsets.UTF_8));
            try (InputStream content = Files.newInputStream(file.getValue())) {
                content.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            }
        }
        return shown(digest);
    }

    /** The hash of a text. */
    public static String of(String text) {
        MessageDigest digest = sha256();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return shown(digest);
    }

    private static String shown(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES_SHOWN);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
