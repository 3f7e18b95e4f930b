package org.efficientnet4j.core.text;

/**
 * Text from outside (labels, file names, names of tensors and models) made fit to be shown: control characters, which a
 * terminal obeys, and characters that only steer how others are shown are written as {@code \}{@code u001b} or {@code \n}.
 * Data files keep the text as it is.
 */
public final class Printable {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Printable() {}

    /** The text on one line. */
    public static String line(String text) {
        return escaped(text, false);
    }

    /** The text on one line, and below it the lines that it indents; other line feeds are escaped. */
    public static String message(String text) {
        return escaped(text, true);
    }

    /** True for a character that is shown as itself: neither control nor invisible format nor half a pair. */
    public static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            // The joiners are part of how some languages and emoji are written.
            case Character.FORMAT -> codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER;
            default -> true;
        };
    }

    /** A character as {@code \}{@code n} or, of each of its 16-bit units, {@code \}{@code u001b}. */
    public static String escape(int codePoint) {
        return switch (codePoint) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> {
                StringBuilder units = new StringBuilder();
                for (char unit : Character.toChars(codePoint)) {
                    units.append(String.format("\\u%04x", (int) unit));
                }
                yield units.toString();
            }
        };
    }

    /** The columns that a text takes on a terminal: two for each East Asian character and emoji, none for what combines. */
    public static int columns(String text) {
        return text.codePoints().map(Printable::columns).sum();
    }

    private static int columns(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(codePoint) ? 2 : 1;
        };
    }

    private static boolean isWide(int codePoint) {
        boolean fullWidth =
                (codePoint >= 0x3000 && codePoint <= 0x30FF) || (codePoint >= 0xFF01 && codePoint <= 0xFF60);
        boolean pictograph = codePoint >= 0x1F300 && codePoint <= 0x1FAFF;
        return fullWidth
                || pictograph
                || switch (Character.UnicodeScript.of(codePoint)) {
                    case HAN, HANGUL, HIRAGANA, KATAKANA, BOPOMOFO, YI -> codePoint < 0xFF61 || codePoint > 0xFFDC;
                    default -> false;
                };
    }

    private static String escaped(String text, boolean indentedLines) {
        if (text.codePoints().allMatch(Printable::isPlain)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        int at = 0;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            at += Character.charCount(codePoint);
            boolean listed = indentedLines && codePoint == '\n' && text.startsWith(" ", at);
            if (listed || isPlain(codePoint)) {
                shown.appendCodePoint(codePoint);
            } else {
                shown.append(escape(codePoint));
            }
        }
        return shown.toString();
    }
}
