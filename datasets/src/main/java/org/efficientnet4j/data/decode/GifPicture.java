package org.efficientnet4j.data.decode;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.RgbImages;

/**
 * The first picture of a GIF, by Java's own reader, since OpenCV has none; transparent pixels and what the picture leaves
 * free of the screen become white.
 *
 * <p>Source: GIF89a specification, sections 18 to 22.
 */
final class GifPicture {
    private static final int SCREEN_END = 13;
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;
    private static final int IMAGE_HEADER_BYTES = 10;

    private GifPicture() {}

    /**
     * Decodes the first picture.
     *
     * @param id the image's name for messages
     * @return a new matrix of 8-bit RGB, which the caller closes
     * @throws IOException if the file is damaged or cut short, or picture and screen span too many pixels
     */
    static Mat read(byte[] file, String id) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            int image = firstImage(file);
            ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            reader.setInput(stream);
            int left = bytes.getShort(image + 1) & 0xFFFF;
            int top = bytes.getShort(image + 3) & 0xFFFF;
            // By the reader's word: of a damaged file it may take another picture than the first.
            int width = Math.max(bytes.getShort(6) & 0xFFFF, left + reader.getWidth(0));
            int height = Math.max(bytes.getShort(8) & 0xFFFF, top + reader.getHeight(0));
            PixelLimit.require(Optional.of(new ImageHeader.Size(width, height)), id);
            return onScreen(reader.read(0), left, top, width, height);
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("the GIF data are damaged or cut short", e);
        } finally {
            reader.dispose();
        }
    }

    /** The offset of the first picture's header, whose data are whole. */
    private static int firstImage(byte[] file) {
        int at = SCREEN_END + colourTableBytes(file[10]);
        while (file[at] == EXTENSION) {
            at = behindBlocks(file, at + 2);
        }
        if (file[at] != IMAGE) {
            throw new IndexOutOfBoundsException("no picture at " + at);
        }
        // The code size stands before the data.
        behindBlocks(file, at + IMAGE_HEADER_BYTES + colourTableBytes(file[at + 9]) + 1);
        return at;
    }

    private static int colourTableBytes(byte flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private static int behindBlocks(byte[] file, int from) {
        int at = from;
        while (file[at] != 0) {
            at += 1 + (file[at] & 0xFF);
        }
        return at + 1;
    }

    private static Mat onScreen(BufferedImage picture, int left, int top, int width, int height) {
        byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
        Arrays.fill(rgb, (byte) 255);
        int[] row = new int[picture.getWidth()];
        for (int y = 0; y < picture.getHeight(); y++) {
            picture.getRGB(0, y, row.length, 1, row, 0, row.length); // pixel by pixel it leaves garbage for each
            for (int x = 0; x < row.length; x++) {
                int colour = row[x];
                if (colour >>> 24 == 255) {
                    int at = 3 * ((top + y) * width + left + x);
                    rgb[at] = (byte) (colour >> 16);
                    rgb[at + 1] = (byte) (colour >> 8);
                    rgb[at + 2] = (byte) colour;
                }
            }
        }
        return RgbImages.fromPixels(rgb, height, width);
    }
}
