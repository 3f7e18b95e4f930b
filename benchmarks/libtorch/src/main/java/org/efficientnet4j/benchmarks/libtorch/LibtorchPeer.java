package org.efficientnet4j.benchmarks.libtorch;

import java.io.PrintStream;
import java.nio.file.Path;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.bytedeco.pytorch.parameter_iterator;
import org.bytedeco.pytorch.parameter_list;
import org.efficientnet4j.benchmark.BenchmarkMode;
import org.efficientnet4j.benchmark.PeerProgram;
import org.efficientnet4j.benchmark.PeerTask;

/**
 * libtorch through its JavaCPP preset: a TorchScript module of torchvision's network, channels last. Training is forward,
 * cross-entropy, backward and libtorch's Adam; inference is the frozen module.
 */
public final class LibtorchPeer {
    private static final String LIBRARY =
            "libtorch " + torch.class.getPackage().getImplementationVersion() + " channels_last";

    private LibtorchPeer() {}

    /** Arguments: the TorchScript file, then a {@link PeerTask}'s. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        return PeerProgram.run(arguments, out, err, LibtorchPeer::prepare);
    }

    private static PeerProgram.Step prepare(Path file, PeerTask task) {
        torch.set_num_threads(task.threads());
        torch.manual_seed(0);
        JitModule network = torch.load(file.toString());
        Tensor images = torch.rand(task.batch(), 3, task.size(), task.size()).contiguous(MemoryFormat.ChannelsLast);
        IValueVector input = new IValueVector(new IValue(images));
        return new PeerProgram.Step(
                LIBRARY,
                task.mode() == BenchmarkMode.TRAIN
                        ? training(network, input, task.batch())
                        : inference(network, input));
    }

    private static Runnable training(JitModule network, IValueVector input, int batch) {
        network.train();
        Adam optimizer = new Adam(parameters(network), new AdamOptions(1e-3));
        Tensor labels = torch.arange(new Scalar(batch)).to(ScalarType.Long);
        return () -> {
            optimizer.zero_grad();
            // Closed at once: the collector would leave whole steps' activations alive.
            try (IValue output = network.forward(input);
                    Tensor scores = output.toTensor();
                    Tensor loss = torch.cross_entropy_loss(scores, labels)) {
                loss.backward();
            }
            optimizer.step().close();
        };
    }

    private static TensorVector parameters(JitModule network) {
        TensorVector result = new TensorVector();
        parameter_list all = network.parameters();
        parameter_iterator end = all.end();
        for (parameter_iterator at = all.begin(); at.notEquals(end); at.increment()) {
            result.push_back(at.multiply().set_requires_grad(true));
        }
        return result;
    }

    @SuppressWarnings("try") // libtorch's guard works by being there
    private static Runnable inference(JitModule network, IValueVector input) {
        network.eval();
        JitModule frozen = torch.freeze(network);
        return () -> {
            try (InferenceMode mode = new InferenceMode();
                    IValue output = frozen.forward(input);
                    Tensor scores = output.toTensor();
                    Tensor probabilities = torch.softmax(scores, 1)) {
                probabilities.numel();
            }
        };
    }
}
