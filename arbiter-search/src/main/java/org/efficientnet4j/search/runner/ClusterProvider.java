package org.efficientnet4j.search.runner;

import java.util.List;
import java.util.ServiceLoader;
import org.efficientnet4j.core.InvalidInputException;

/** Connects to a kind of cluster; found by {@link ServiceLoader}, since each brings many libraries. */
public interface ClusterProvider {
    /** Returns whether an address is of this kind, such as {@code spark://host:7077}. */
    boolean accepts(String address);

    /**
     * Connects.
     *
     * @param address one that is accepted
     * @throws InvalidInputException if there is no such cluster
     */
    Cluster connect(String address);

    /**
     * Connects to the cluster at an address by the provider that accepts it.
     *
     * @throws InvalidInputException if none does
     */
    static Cluster open(String address) {
        List<ClusterProvider> providers = ServiceLoader.load(ClusterProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return providers.stream()
                .filter(provider -> provider.accepts(address))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("No runner is known for '" + address
                        + "': give local, spark://HOST:PORT or local-cluster[WORKERS,CORES,MEMORY]"
                        + (providers.isEmpty() ? "; Spark is not on the class path, start by ./effnet" : "")))
                .connect(address);
    }
}
