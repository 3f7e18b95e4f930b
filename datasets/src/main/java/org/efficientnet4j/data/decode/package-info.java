/**
 * Image files to upright 8-bit RGB; {@link org.efficientnet4j.data.decode.ImageDecoder} is the way in.
 *
 * <p>Limits: the first page of a TIFF is read; animated images, GIF, HEIC and AVIF are refused with the reason. Embedded
 * colour profiles are not applied.
 */
package org.efficientnet4j.data.decode;
