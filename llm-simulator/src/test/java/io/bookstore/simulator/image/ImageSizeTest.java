package io.bookstore.simulator.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The size is read from the header of a picture; a size that cannot be read is assumed. */
class ImageSizeTest {

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif"})
    void sizeIsThatOfThePicture(String format) throws Exception {
        byte[] picture = picture(format, 321, 123);

        assertThat(ImageSize.ofBase64(base64(picture))).isEqualTo(new ImageSize(321, 123));
        assertThat(ImageSize.ofUrl("data:image/" + format + ";base64," + base64(picture)))
                .isEqualTo(new ImageSize(321, 123));
        assertThat(ImageSize.ofBase64(Base64.getMimeEncoder().encodeToString(picture)))
                .as("with line breaks")
                .isEqualTo(new ImageSize(321, 123));
    }

    // Headers by hand from https://developers.google.com/speed/webp/docs/riff_container: lossy, lossless and extended.
    @ParameterizedTest
    @CsvSource({
        "52494646 24000000 57454250 56503820 18000000 300000 9d012a 4101 7b00",
        "52494646 24000000 57454250 5650384c 18000000 2f 4081 1e00",
        "52494646 24000000 57454250 56503858 0a000000 10000000 400100 7a0000"
    })
    void sizeOfAWebPIsReadInEachOfItsLayouts(String hex) {
        byte[] header = HexFormat.of().parseHex(hex.replace(" ", "") + "0000000000000000");

        assertThat(ImageSize.ofBase64(base64(header))).isEqualTo(new ImageSize(321, 123));
    }

    @Test
    void sizeOfAJpegIsFoundBehindALongProfile() throws Exception {
        byte[] plain = picture("jpg", 40, 30);
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.write(plain, 0, 2);
        longer.write(new byte[] {(byte) 0xFF, (byte) 0xE2, (byte) 0xEA, 0x60});
        longer.write(new byte[60_000 - 2]);
        longer.write(plain, 2, plain.length - 2);

        assertThat(ImageSize.ofBase64(base64(longer.toByteArray()))).isEqualTo(new ImageSize(40, 30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAA",
                "not base64!",
                "iVBORw0KGgo=",
                "/9j/",
                "/9j/////////",
                "iVBORw0KGgoAAAANSUhEUgAAAAAAAAAAAAAAAA==",
                "iVBORw0KGgoAAAANSUhEUn////9/////AAAAAA=="
            })
    void pictureThatCannotBeReadHasTheAssumedSize(String base64) {
        assertThat(ImageSize.ofBase64(base64)).isEqualTo(new ImageSize(1_024, 1_024));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/picture.png", "data:image/png;base64", "data:,", ""})
    void pictureThatIsNotInTheRequestHasTheAssumedSize(String url) {
        assertThat(ImageSize.ofUrl(url)).isEqualTo(new ImageSize(1_024, 1_024));
    }

    private static byte[] picture(String format, int width, int height) throws IOException {
        ByteArrayOutputStream picture = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, picture);
        return picture.toByteArray();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
