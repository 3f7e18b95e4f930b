/**
 * The safetensors format: eight bytes with the header's length, a JSON header, the tensors' bytes without gaps.
 *
 * <p>Source: the format's description in github.com/huggingface/safetensors.
 */
package org.efficientnet4j.weights.safetensors;
