package io.hone.onnx.canonical;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.NodeProto;

/**
 * What a node calls a function by.
 *
 * @param domain empty for ONNX's own
 * @param name of the function
 * @param overload tells functions of one name apart; mostly empty
 */
record FunctionKey(String domain, String name, String overload) {
  static FunctionKey of(FunctionProto function) {
    return new FunctionKey(
        domain(function.getDomain()), function.getName(), function.getOverload());
  }

  static FunctionKey of(NodeProto call) {
    return new FunctionKey(domain(call.getDomain()), call.getOpType(), call.getOverload());
  }

  private static String domain(String written) {
    return written.equals("ai.onnx") ? "" : written;
  }

  @Override
  public String toString() {
    return (domain.isEmpty() ? "" : domain + ".")
        + name
        + (overload.isEmpty() ? "" : ":" + overload);
  }
}
