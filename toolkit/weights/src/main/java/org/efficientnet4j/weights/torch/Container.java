package org.efficientnet4j.weights.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.efficientnet4j.weights.torch.PickledTensor.Storage;

/** A file of {@code torch.save}: a pickle that describes objects, and apart from it the numbers of their tensors. */
interface Container extends AutoCloseable {
    /** The object that was saved. */
    Object root();

    /**
     * The elements of a storage, little-endian.
     *
     * @throws IOException if they are missing, damaged or too few
     */
    ByteBuffer elements(Storage storage) throws IOException;

    @Override
    void close() throws IOException;
}
