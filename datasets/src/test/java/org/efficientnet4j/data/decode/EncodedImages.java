package org.efficientnet4j.data.decode;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Image files made by Java's own writers or byte by byte, so that the decoder is judged by another implementation. */
final class EncodedImages {
    private EncodedImages() {}

    /** A picture whose quadrants are red, green (right), blue (below) and white, so that every turn shows. */
    static BufferedImage quadrants(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean right = x >= width / 2;
                boolean below = y >= height / 2;
                image.setRGB(x, y, below ? (right ? 0xFFFFFF : 0x0000FF) : (right ? 0x00FF00 : 0xFF0000));
            }
        }
        return image;
    }

    static byte[] encode(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalStateException("Java writes no " + format + " of this type");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A JPEG at best quality, so that flat areas keep their colour to within a step or two. */
    static byte[] jpeg(IIOImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam options = writer.getDefaultWriteParam();
            options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            options.setCompressionQuality(1f);
            writer.setOutput(stream);
            writer.write(null, image, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    static byte[] jpeg(BufferedImage image) {
        return jpeg(new IIOImage(image, null, null));
    }

    /** A four-component JPEG of one colour with Adobe's marker: transform 0 is CMYK, 2 is YCCK. */
    static byte[] fourComponentJpeg(int[] components, int transform) {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                raster.setPixel(x, y, components);
            }
        }
        byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
        return withSegment(jpeg(new IIOImage(raster, null, null)), 0xEE, adobe);
    }

    /** Puts a segment right behind the JPEG's first marker. */
    static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
        ByteBuffer result = ByteBuffer.allocate(jpeg.length + content.length + 4);
        result.put(jpeg, 0, 2).put((byte) 0xFF).put((byte) marker).putShort((short) (content.length + 2));
        return result.put(content).put(jpeg, 2, jpeg.length - 2).array();
    }

    /** EXIF data of one entry: the orientation. */
    static byte[] exif(int orientation) {
        ByteBuffer tiff = ByteBuffer.allocate(26);
        tiff.put(new byte[] {'M', 'M', 0, 42}).putInt(8).putShort((short) 1);
        tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1);
        return tiff.putShort((short) orientation).putShort((short) 0).putInt(0).array();
    }

    static byte[] withExifOrientation(byte[] jpeg, int orientation) {
        byte[] exif = exif(orientation);
        return withSegment(
                jpeg,
                0xE1,
                ByteBuffer.allocate(6 + exif.length)
                        .put(new byte[] {'E', 'x', 'i', 'f', 0, 0})
                        .put(exif)
                        .array());
    }

    /** Puts a chunk right behind a PNG's header chunk. */
    static byte[] withPngChunk(byte[] png, String type, byte[] content) {
        int headerEnd = 8 + 25;
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(content);
        ByteBuffer result = ByteBuffer.allocate(png.length + content.length + 12);
        result.put(png, 0, headerEnd).putInt(content.length).put(name).put(content);
        return result.putInt((int) check.getValue())
                .put(png, headerEnd, png.length - headerEnd)
                .array();
    }

    /** A palette picture of two columns: entry 0 at the left, entry 1 at the right; entry 1 is transparent if asked. */
    static BufferedImage palette(boolean transparent) {
        byte[] red = {10, (byte) 200};
        byte[] green = {20, 100};
        byte[] blue = {30, 50};
        IndexColorModel colours = transparent
                ? new IndexColorModel(8, 2, red, green, blue, 1)
                : new IndexColorModel(8, 2, red, green, blue);
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, colours);
        image.getRaster().setSample(1, 0, 0, 1);
        return image;
    }
}
