package org.efficientnet4j.core.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The names that a mistyped one may have meant. */
public final class NearestNames {
    private static final int MOST = 3;

    private NearestNames() {}

    /**
     * Up to three names that begin with the typed text or become it by changing about a third of it at most, nearest first.
     *
     * @param typed a name that is none of these
     * @param names the names that exist
     */
    public static List<String> of(String typed, Collection<String> names) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return names.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(wanted)
                        || distance.apply(wanted, name.toLowerCase(Locale.ROOT))
                                <= Math.max(1, (wanted.length() + 1) / 3))
                .sorted(Comparator.comparing((String name) -> distance.apply(wanted, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }
}
