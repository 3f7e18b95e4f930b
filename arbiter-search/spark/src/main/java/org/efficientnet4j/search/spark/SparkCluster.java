package org.efficientnet4j.search.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.kernels.JvmFlags;
import org.efficientnet4j.search.runner.Cluster;
import org.efficientnet4j.search.runner.Objective;

/**
 * A connection to Spark. Executors take this program's class path, so a cluster of several machines needs it, and the
 * images, under the same names on each (a shared folder).
 */
public final class SparkCluster implements Cluster {
    private static final String LOOPBACK = "127.0.0.1";
    // Native memory and the kernels; unknown flags pass on JDKs that do not have them.
    private static final String EXECUTOR_FLAGS = "-XX:+IgnoreUnrecognizedVMOptions"
            + " --add-opens=java.base/sun.nio.ch=ALL-UNNAMED"
            + " --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Defficientnet4j.threads=1 "
            + String.join(" ", JvmFlags.forKernels());

    private final JavaSparkContext context;

    private SparkCluster(JavaSparkContext context) {
        this.context = context;
    }

    /**
     * Connects.
     *
     * @param address a Spark master
     * @throws InvalidInputException if there is none
     */
    public static SparkCluster connect(String address) {
        makeJarsFolder();
        SparkConf configuration = new SparkConf()
                .setAppName("effnet search")
                .setMaster(address)
                .set("spark.ui.enabled", "false")
                .set("spark.executor.extraClassPath", classPath())
                .set("spark.executor.extraJavaOptions", EXECUTOR_FLAGS);
        if (!address.startsWith("spark://") || address.matches("spark://(localhost|127\\..*):.*")) {
            configuration.set("spark.driver.host", LOOPBACK).set("spark.driver.bindAddress", LOOPBACK);
        }
        try {
            JavaSparkContext context = new JavaSparkContext(configuration);
            context.setLogLevel("WARN");
            if (context.sc().isStopped()) {
                throw unreachable(address, null);
            }
            ExecutorJava.requireSame(context);
            return new SparkCluster(context);
        } catch (InvalidInputException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw unreachable(address, e);
        } catch (Exception e) { // Scala throws SparkException undeclared
            if (e instanceof SparkException) {
                throw unreachable(address, e);
            }
            throw e;
        }
    }

    private static InvalidInputException unreachable(String address, Exception cause) {
        return new InvalidInputException(
                "No Spark cluster answers at " + address
                        + ": check --runner, and that the master runs (arbiter-search/spark/spark-cluster start)",
                cause);
    }

    /** Spark looks for its libraries there before it starts an executor; ours are on the class path instead. */
    private static void makeJarsFolder() {
        String home = System.getenv("SPARK_HOME");
        if (home != null) {
            try {
                Files.createDirectories(Path.of(home, "jars"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** This program's class path in full names, since executors run in folders of their own. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(":", -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(":"));
    }

    @Override
    public <O extends Objective & Serializable> Objective remote(O objective) {
        return new SparkObjective(context, objective);
    }

    @Override
    public void close() {
        context.close();
    }
}
