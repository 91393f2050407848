package io.hone.onnxruntime;

import ai.onnxruntime.OrtException;
import io.hone.api.BadInputException;
import io.hone.api.CompletedCard;
import io.hone.api.ModelBackend;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Tensor;
import io.hone.api.model.CardDraft;
import io.hone.api.model.Classifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.api.run.Run;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnxruntime.card.BareModel;
import io.hone.onnxruntime.card.CardCheck;
import io.hone.onnxruntime.card.InputDoubts;
import io.hone.onnxruntime.card.OnnxFile;
import io.hone.onnxruntime.session.CudnnSearch;
import io.hone.onnxruntime.session.Device;
import io.hone.onnxruntime.session.DeviceChooser;
import io.hone.onnxruntime.session.DeviceRequest;
import io.hone.onnxruntime.session.InferenceSession;
import io.hone.onnxruntime.session.RuntimeFailure;
import java.nio.file.Path;
import java.util.Optional;
import org.pf4j.Extension;

/**
 * Runs ONNX models in ONNX Runtime.
 *
 * <p>On the processor a row's result is the same bit for bit, whatever batch and thread it travels
 * in. A bare {@code .onnx} file is taken to expect the pixel values that the first arithmetic of
 * its graph tells, else [0, 1], or [0, 255] where it takes whole numbers; a card says otherwise.
 */
@Named(
    id = "onnxruntime",
    summary = "Runs ONNX models in ONNX Runtime, on CPUs and NVIDIA GPUs.",
    example = "{device: cpu}")
@Extension
public final class OnnxRuntimeBackend implements ModelBackend<OnnxRuntimeBackend.Params> {
  /**
   * Where and how to run.
   *
   * @param device cpu, cuda or auto
   * @param deviceId which GPU
   * @param memoryLimit megabytes that runs may take, on the GPU or beside each other on threads
   * @param cudnnSearch how convolutions are chosen on the GPU
   */
  public record Params(
      @Param(
              value =
                  "Where to run: cpu; cuda, an NVIDIA GPU (needs a Hone built with -Dcuda); or"
                      + " auto, a GPU where there is one.",
              def = "cpu")
          Device device,
      @Param(value = "Which GPU, counted from 0.", def = "0", min = 0) int deviceId,
      @Param(
              value =
                  "Memory that running the model may take, in megabytes: larger batches are run in"
                      + " parts. Default: a quarter of the machine's memory; on a GPU all.",
              min = 1)
          Optional<Integer> memoryLimit,
      @Param(value = "How cuDNN chooses the algorithm of a convolution.", def = "exhaustive")
          CudnnSearch cudnnSearch) {
    /** Runs on the processor. */
    public static final Params CPU =
        new Params(Device.CPU, 0, Optional.empty(), CudnnSearch.EXHAUSTIVE);

    DeviceRequest request() {
      return new DeviceRequest(device, deviceId, memoryLimit, cudnnSearch);
    }
  }

  /** Creates the backend. */
  public OnnxRuntimeBackend() {}

  @Override
  public boolean accepts(ModelCard card) {
    return OnnxFile.isNamed(card.file());
  }

  @Override
  public Optional<ModelCard> describe(Path file) {
    return OnnxFile.isNamed(file)
        ? Optional.of(BareModel.complete(OnnxFile.read(file), CardDraft.of(file)).card())
        : Optional.empty();
  }

  @Override
  public Optional<CompletedCard> complete(CardDraft draft) {
    return OnnxFile.isNamed(draft.file())
        ? Optional.of(BareModel.complete(OnnxFile.read(draft.file()), draft))
        : Optional.empty();
  }

  @Override
  public void prepare(Params parameters) {
    try {
      InferenceSession.environment();
    } catch (OrtException failure) {
      throw new IllegalStateException(
          "ONNX Runtime does not start: " + RuntimeFailure.shorten(failure), failure);
    }
  }

  @Override
  public Classifier openClassifier(Params parameters, ModelCard card, Run run) {
    return openClassifier(parameters, card, ClassifierOpening.NO_SAMPLES, run);
  }

  @Override
  public Classifier openClassifier(Params parameters, ModelCard card, Tensor samples, Run run) {
    Placement placement = Placement.of(parameters, run);
    ClassifierOpening.Opened opened = ClassifierOpening.open(card, samples, placement, run);
    Classifier classifier = OnnxClassifier.of(card, opened.model(), placement, opened.forward());
    return opened.repeatable() ? classifier : RepeatedClassifier.of(classifier);
  }

  @Override
  public ImageTransformer openImageTransformer(Params parameters, ModelCard card, Run run) {
    Placement placement = Placement.of(parameters, run);
    OnnxFile file = OnnxFile.read(card.file());
    CardCheck.Ports ports = CardCheck.check(card, file, Task.IMAGE_TO_IMAGE);
    try {
      PreparedModel model =
          FrozenBatch.free(card, PreparedModel.ofTransformer(file, card, ports), placement);
      file.canonical().notes().forEach(note -> run.notice("Model '" + card.name() + "': " + note));
      model.notices().forEach(run::notice);
      InputDoubts.of(card, file, ports.images()).forEach(run::distrust);
      return OnnxImageTransformer.open(card, model, placement);
    } catch (OnnxFormatException broken) {
      throw new BadInputException(broken.getMessage(), broken);
    }
  }

  @Override
  public String device(Params parameters, Run run) {
    return DeviceChooser.choose(parameters.request(), run).name();
  }
}
