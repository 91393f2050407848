package io.hone.dl4j.samediff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.autodiff.samediff.internal.memory.AbstractMemoryMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Hands the arrays of one run through a graph to the next: fresh memory would cost a third of a
 * training's time, because the operating system clears each page that is touched first.
 *
 * <p>Nothing is handed out twice within a run: SameDiff says of a few arrays only when it is done
 * with them, and its own cache gives away some that are still read. Used by one thread.
 */
final class RecycledArrays extends AbstractMemoryMgr {
  private final Map<Kind, Deque<INDArray>> free = new HashMap<>();
  private final List<INDArray> lent = new ArrayList<>();
  private long rows;

  private record Kind(DataType type, List<Long> shape, char order) {
    static Kind of(INDArray array) {
      return new Kind(array.dataType(), list(array.shape()), array.ordering());
    }

    static Kind of(LongShapeDescriptor shape) {
      return new Kind(shape.dataType(), list(shape.getShape()), shape.getOrder());
    }

    private static List<Long> list(long[] shape) {
      return Arrays.stream(shape).boxed().toList();
    }
  }

  /**
   * Lets the calling thread's next run of a graph use these arrays; what the run before computed is
   * overwritten, but for the results that were asked for.
   *
   * @param rows size of the batch: arrays of another size would only be left over
   */
  void serve(SameDiff graph, long rows) {
    if (rows == this.rows) {
      lent.forEach(
          array -> free.computeIfAbsent(Kind.of(array), kind -> new ArrayDeque<>()).push(array));
    } else {
      free.clear();
      this.rows = rows;
    }
    lent.clear();
    graph
        .getSessions()
        .computeIfAbsent(Thread.currentThread().getId(), thread -> new InferenceSession(graph))
        .setMmgr(this);
  }

  @Override
  public INDArray allocate(boolean detached, DataType type, long... shape) {
    return allocate(detached, LongShapeDescriptor.fromShape(shape, type));
  }

  @Override
  public INDArray allocate(boolean detached, LongShapeDescriptor shape) {
    // Results are detached: whoever asked for them may keep them.
    if (detached || shape.isEmpty()) {
      return Nd4j.create(shape);
    }
    Deque<INDArray> arrays = free.get(Kind.of(shape));
    INDArray array = arrays == null || arrays.isEmpty() ? Nd4j.create(shape) : arrays.pop();
    lent.add(array);
    return array;
  }

  @Override
  public void release(INDArray array) {
    // The next run takes all arrays back at once.
  }

  @Override
  public void close() {
    free.clear();
    lent.clear();
  }
}
