/**
 * Networks for other runtimes. {@link org.efficientnet4j.export.OnnxExport} writes any EfficientNet as an ONNX file, from the
 * architecture's description and the network's parameters.
 */
package org.efficientnet4j.export;
