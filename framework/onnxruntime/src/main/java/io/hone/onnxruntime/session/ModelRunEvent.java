package io.hone.onnxruntime.session;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * One run of a model inside ONNX Runtime, for Java Flight Recorder; costs next to nothing while
 * nobody records.
 */
@Name("io.hone.ModelRun")
@Label("Model Run")
@Description("ONNX Runtime ran a model on the calling thread")
@Category("Hone")
@StackTrace(false)
final class ModelRunEvent extends Event {}
