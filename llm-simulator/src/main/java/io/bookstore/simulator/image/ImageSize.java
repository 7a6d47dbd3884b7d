package io.bookstore.simulator.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The size of a picture in pixels. */
public record ImageSize(int width, int height) {

    /** The size of a picture that is not in the request, or not a PNG, JPEG, GIF or WebP: an assumption. */
    public static final ImageSize ASSUMED = new ImageSize(1_024, 1_024);

    // Every format but JPEG has its size in the first bytes; a JPEG may have a small picture or a colour profile before
    // it.
    private static final int[] HEAD_CHARS = {64, 16_384, Integer.MAX_VALUE};

    private static final int MOST_SIDE = 65_535; // of a JPEG; no provider takes more
    private static final String DATA_URL = "data:";

    private static final int PNG = 0x89504E47;
    private static final int GIF = 0x47494638;
    private static final int RIFF = 0x52494646;
    private static final int WEBP = 0x57454250;
    private static final int WEBP_LOSSY = 0x56503820;
    private static final int WEBP_LOSSLESS = 0x5650384C;
    private static final int WEBP_EXTENDED = 0x56503858;
    private static final int JPEG_START = 0xFFD8;

    /** The size of a picture at an address: read from a {@code data:} URL, assumed of any other. */
    public static ImageSize ofUrl(String url) {
        int comma = url.indexOf(',');
        return url.startsWith(DATA_URL) && comma > 0 ? of(url, comma + 1) : ASSUMED;
    }

    /** The size of a picture in base64, from its header. */
    public static ImageSize ofBase64(String base64) {
        return of(base64, 0);
    }

    /** The size of a picture, from its header. */
    public static ImageSize ofBytes(byte[] picture) {
        ImageSize size = read(ByteBuffer.wrap(picture));
        return size != null && size.isPossible() ? size : ASSUMED;
    }

    /** Returns whether the bytes are a picture of a format whose size is known. */
    public static boolean isImage(byte[] bytes) {
        return read(ByteBuffer.wrap(bytes)) != null;
    }

    private static ImageSize of(String text, int from) {
        for (int chars : HEAD_CHARS) {
            int end = (int) Math.min(text.length(), (long) from + chars);
            ImageSize size = read(decoded(text.substring(from, end)));
            if (size != null) {
                return size.isPossible() ? size : ASSUMED;
            }
            if (end == text.length()) {
                break;
            }
        }
        return ASSUMED;
    }

    private boolean isPossible() {
        return width > 0 && height > 0 && width <= MOST_SIDE && height <= MOST_SIDE;
    }

    private static ByteBuffer decoded(String base64) {
        try {
            // Line breaks are left out by this decoder, and whatever else is no base64.
            return ByteBuffer.wrap(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return ByteBuffer.allocate(0);
        }
    }

    /** Reads the header; null if it is not whole or of no known format. */
    private static @Nullable ImageSize read(ByteBuffer bytes) {
        try {
            int magic = bytes.getInt(0);
            if (magic == PNG) {
                return new ImageSize(bytes.getInt(16), bytes.getInt(20));
            }
            if (magic >>> 16 == JPEG_START) {
                return readJpeg(bytes);
            }
            ByteBuffer little = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            if (magic == GIF) {
                return new ImageSize(unsigned(little, 6), unsigned(little, 8));
            }
            return magic == RIFF && bytes.getInt(8) == WEBP ? readWebP(bytes.getInt(12), little) : null;
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            return null;
        }
    }

    /** The first frame header (ITU-T T.81, B.2.2), after any other segments. */
    private static ImageSize readJpeg(ByteBuffer bytes) {
        int at = 2;
        while (true) {
            int marker = unsigned(bytes, at);
            if (marker == 0xFFFF) {
                at++; // a fill byte
            } else if (isFrame(marker)) {
                return new ImageSize(unsigned(bytes, at + 7), unsigned(bytes, at + 5));
            } else {
                at += 2 + Math.max(2, unsigned(bytes, at + 2));
            }
        }
    }

    /** The markers from C0 to CF, without those of tables (C4, CC) and extensions (C8). */
    private static boolean isFrame(int marker) {
        return marker >= 0xFFC0 && marker <= 0xFFCF && marker != 0xFFC4 && marker != 0xFFC8 && marker != 0xFFCC;
    }

    /** The three layouts of https://developers.google.com/speed/webp/docs/riff_container. */
    private static @Nullable ImageSize readWebP(int layout, ByteBuffer little) {
        return switch (layout) {
            case WEBP_LOSSY -> new ImageSize(unsigned(little, 26) & 0x3FFF, unsigned(little, 28) & 0x3FFF);
            case WEBP_LOSSLESS -> {
                int bits = little.getInt(21);
                yield new ImageSize((bits & 0x3FFF) + 1, (bits >>> 14 & 0x3FFF) + 1);
            }
            case WEBP_EXTENDED -> new ImageSize((little.getInt(24) & 0xFFFFFF) + 1, (little.getInt(26) >>> 8) + 1);
            default -> null;
        };
    }

    private static int unsigned(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xFFFF;
    }
}
