package io.hone.bench;

import io.hone.bench.network.ResNet;
import io.hone.onnx.gradient.DifferentiatedModel;
import io.hone.onnx.gradient.GradientGraph;
import io.hone.onnx.graph.OnnxModel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Seconds to read ResNet-50 and build its gradient graph, in a virtual machine that just started.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class BuildBenchmark {
  /** The model as a file would hold it. */
  @State(Scope.Benchmark)
  public static class File {
    byte[] bytes;

    /** Writes the model. */
    @Setup(Level.Trial)
    public void write() {
      bytes = ResNet.of50Layers().toOnnx();
    }
  }

  /** Reads and differentiates. */
  @Benchmark
  public DifferentiatedModel gradientOfResNet50(File file) {
    return GradientGraph.of(OnnxModel.parse(file.bytes, "ResNet-50")).build();
  }
}
