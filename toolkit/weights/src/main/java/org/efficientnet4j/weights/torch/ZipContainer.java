package org.efficientnet4j.weights.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.efficientnet4j.weights.StoredEntries;
import org.efficientnet4j.weights.torch.PickledTensor.Storage;

/** The zip files of PyTorch since 1.6: {@code data.pkl}, and each storage in an entry {@code data/KEY}. */
final class ZipContainer implements Container {
    private static final String INDEX = "data.pkl";

    private final ZipFile zip;
    private final String folder;
    private final Object root;

    private ZipContainer(ZipFile zip, String folder, Object root) {
        this.zip = zip;
        this.folder = folder;
        this.root = root;
    }

    static ZipContainer open(Path path) throws IOException {
        ZipFile zip = new ZipFile(path.toFile());
        try {
            String folder = folder(zip);
            requireNoScript(zip, folder);
            requireLittleEndian(zip, folder);
            Object root = Unpickler.load(ByteBuffer.wrap(StoredEntries.read(zip, folder + INDEX)));
            return new ZipContainer(zip, folder, root);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static String folder(ZipFile zip) throws IOException {
        List<String> found = zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith("/" + INDEX))
                .toList();
        if (found.size() != 1) {
            throw new PickleException("it has " + found.size() + " entries named " + INDEX + ", expected one");
        }
        return found.get(0).substring(0, found.get(0).length() - INDEX.length());
    }

    private static void requireNoScript(ZipFile zip, String folder) throws IOException {
        if (zip.getEntry(folder + "constants.pkl") != null) {
            throw new PickleException(
                    "it is a TorchScript program (torch.jit.save); save model.state_dict() by torch.save");
        }
    }

    private static void requireLittleEndian(ZipFile zip, String folder) throws IOException {
        if (zip.getEntry(folder + "byteorder") != null) {
            String order = new String(StoredEntries.read(zip, folder + "byteorder"), StandardCharsets.US_ASCII);
            if (!order.equals("little")) {
                throw new PickleException("its byte order is '" + order + "'; little is read");
            }
        }
    }

    @Override
    public Object root() {
        return root;
    }

    @Override
    public ByteBuffer elements(Storage storage) throws IOException {
        byte[] bytes = StoredEntries.read(zip, folder + "data/" + storage.key());
        if (storage.elements() > bytes.length / storage.type().bytes()) {
            throw new PickleException(String.format(
                    Locale.ROOT,
                    "its storage %s has %,d bytes, too few for %,d elements of %s",
                    storage.key(),
                    bytes.length,
                    storage.elements(),
                    storage.type()));
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
