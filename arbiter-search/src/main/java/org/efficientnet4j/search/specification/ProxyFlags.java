package org.efficientnet4j.search.specification;

import java.util.Map;
import org.efficientnet4j.search.objective.ProxySettings;

/** The flags of {@code effnet search} that mean a proxy training. */
final class ProxyFlags {
    private ProxyFlags() {}

    static void put(Map<String, String> flags, ProxySettings proxy) {
        flags.put("--data", proxy.data());
        flags.put("--proxy-size", String.valueOf(proxy.size()));
        flags.put("--proxy-examples", String.valueOf(proxy.examples()));
        flags.put("--proxy-validation", String.valueOf(proxy.validationExamples()));
        flags.put("--proxy-epochs", String.valueOf(proxy.epochs()));
        flags.put("--proxy-batch", String.valueOf(proxy.batch()));
        flags.put("--proxy-width", String.valueOf(proxy.width()));
        flags.put("--proxy-learning-rate", String.valueOf(proxy.learningRate()));
        flags.put("--proxy-fit", proxy.fit().sizing().name());
        flags.put("--proxy-stride", String.valueOf(proxy.fit().stride()));
        flags.put("--selection", String.valueOf(proxy.selection()));
    }
}
