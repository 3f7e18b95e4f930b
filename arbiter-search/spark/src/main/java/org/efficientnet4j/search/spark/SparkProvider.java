package org.efficientnet4j.search.spark;

import java.util.regex.Pattern;
import org.efficientnet4j.search.runner.Cluster;
import org.efficientnet4j.search.runner.ClusterProvider;

/** Connects to Spark: {@code spark://host:port}, {@code local-cluster[workers,cores,megabytes]} or {@code local[threads]}. */
public final class SparkProvider implements ClusterProvider {
    private static final Pattern ADDRESS =
            Pattern.compile("spark://.+:[0-9]+|local-cluster\\[\\d+,\\d+,\\d+]|local\\[(\\d+|\\*)]");

    /** Created by the service loader. */
    public SparkProvider() {}

    @Override
    public boolean accepts(String address) {
        return ADDRESS.matcher(address).matches();
    }

    @Override
    public Cluster connect(String address) {
        return SparkCluster.connect(address);
    }
}
