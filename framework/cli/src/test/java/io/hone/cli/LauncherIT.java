package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import io.hone.cli.HoneProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The launcher and the JVM that it starts are two processes, and are seen as one. */
class LauncherIT {
  private static final String QUICKSTART =
      HoneProcess.checkout().resolve("scenarios/quickstart.yaml").toString();

  @RegisterExtension final HoneExtension hone = new HoneExtension();

  @Test
  void theJvmEndsWithALauncherThatIsKilled() throws Exception {
    HoneProcess.Running running = hone.start("run", QUICKSTART);
    ProcessHandle jvm = running.jvm();
    running.process().destroyForcibly().waitFor();

    assertThat(jvm.onExit().orTimeout(60, TimeUnit.SECONDS).join().isAlive()).isFalse();
  }

  @Test
  void aKilledJvmEndsTheLauncherAsShellsTellIt() throws Exception {
    HoneProcess.Running running = hone.start("run", QUICKSTART);
    running.jvm().destroyForcibly();
    Result result = running.await();

    assertThat(result.exitCode()).isEqualTo(128 + 9);
    assertThat(result.err()).contains("killed");
  }

  @Test
  void aSignalThatNobodyCatchesEndsBoth() throws Exception {
    assumeTrue(
        IgnoredSignals.canBeUndone(),
        "hang-ups are ignored here, and neither env, perl nor python3 can undo it");
    HoneProcess.Running running = hone.start("run", QUICKSTART);
    ProcessHandle jvm = running.jvm();
    while (jvm.isAlive() && !Files.exists(hone.file("runs/quickstart/.hone-journal"))) {
      Thread.sleep(20);
    }
    running.signal("HUP");

    assertThat(running.await().exitCode()).isEqualTo(128 + 1);
    assertThat(jvm.isAlive()).isFalse();
  }

  @Test
  void standardInputReachesHone() throws Exception {
    Result result = shell("exec \"$0\" validate /dev/stdin < \"$1\"", QUICKSTART);

    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  @Test
  void namesOutsideAsciiWorkInALocaleWithoutThem() throws Exception {
    Files.copy(Path.of(QUICKSTART), hone.file("scenario.yaml"));
    Result result =
        shell(
            "file=$(printf 'gr\\303\\266\\303\\237e.yaml'); cp scenario.yaml \"$file\";"
                + " LC_ALL=C exec \"$0\" validate \"$file\"");

    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  @Test
  void aLimitOfOpenFilesThatIsTooLowIsNamed() throws Exception {
    Result result = shell("ulimit -n 60; exec \"$0\" list");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("only 60 files", "ulimit -n 1024");
  }

  @Test
  void aTemporaryFolderThatIsMissingIsNamed() throws Exception {
    Result result =
        shell(
            "HONE_JAVA_OPTIONS=-Djava.io.tmpdir=\"$PWD/missing\" exec \"$0\" run \"$1\"",
            QUICKSTART);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .contains("error:", "missing does not exist", "HONE_JAVA_OPTIONS=-Djava.io.tmpdir=");
  }

  @Test
  void aModelThatIsTooLargeForTheHeapIsNamed() throws Exception {
    OnnxMl.TensorProto weights =
        OnnxMl.TensorProto.newBuilder()
            .setName("weights")
            .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber())
            .addDims(10 << 20)
            .setRawData(ByteString.copyFrom(new byte[40 << 20]))
            .build();
    OnnxMl.GraphProto graph = OnnxMl.GraphProto.newBuilder().addInitializer(weights).build();
    Files.write(
        hone.file("large.onnx"),
        OnnxMl.ModelProto.newBuilder().setGraph(graph).build().toByteArray());
    Files.writeString(
        hone.file("large.yaml"),
        """
        hone: 1
        name: large
        dataset: {use: mnist, with: {split: test}, take: 4}
        model: {card: large.onnx}
        steps: []
        """);
    Result result = shell("HONE_JAVA_OPTIONS=-Xmx40m exec \"$0\" run large.yaml");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains("large.onnx: the model of 40 MB does not fit", "-Xmx1g");
  }

  @Test
  void aHeapThatIsTooSmallForHoneItselfIsNamed() throws Exception {
    Result result = shell("HONE_JAVA_OPTIONS=-Xmx5m exec \"$0\" list");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("error:", "not enough memory", "HONE_JAVA_OPTIONS=-Xmx2g");
  }

  @Test
  void outputThatIsLostIsAFailureAndAReaderThatHasSeenEnoughIsNot() throws Exception {
    assumeTrue(Files.isWritable(Path.of("/dev/full")));
    Result lost = shell("exec \"$0\" schema > /dev/full");
    Result enough = shell("\"$0\" schema | head -n 1; exit ${PIPESTATUS[0]}");

    assertThat(lost.exitCode()).as(lost.err()).isEqualTo(1);
    assertThat(lost.err()).contains("error: standard output cannot be written");
    assertThat(enough.exitCode()).as(enough.err()).isZero();
    assertThat(enough.err()).isEmpty();
  }

  /** Runs a script that knows the launcher as {@code $0}. */
  private Result shell(String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("bash", "-c", script, HoneProcess.launcher().toString()));
    command.addAll(List.of(arguments));
    return hone.process().start(command).await();
  }
}
