package io.hone.plugins.optimization.lbfgs;

/** Variables by how far the steepest descent may go until each meets its bound, nearest first. */
final class Breakpoints {
  private final double[] times;
  private final int[] heap;
  private int size;

  /**
   * Orders the variables with a positive, finite time.
   *
   * @param times by variable
   */
  Breakpoints(double[] times) {
    this.times = times;
    this.heap = new int[times.length];
    for (int variable = 0; variable < times.length; variable++) {
      if (times[variable] > 0 && times[variable] < Double.POSITIVE_INFINITY) {
        heap[size++] = variable;
      }
    }
    for (int place = size / 2 - 1; place >= 0; place--) {
      sink(place);
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  double nextTime() {
    return times[heap[0]];
  }

  int take() {
    int nearest = heap[0];
    heap[0] = heap[--size];
    sink(0);
    return nearest;
  }

  private boolean before(int one, int other) {
    return times[one] < times[other] || times[one] == times[other] && one < other;
  }

  private void sink(int from) {
    int place = from;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && before(heap[child + 1], heap[child])) {
        child++;
      }
      if (!before(heap[child], heap[place])) {
        return;
      }
      int lower = heap[place];
      heap[place] = heap[child];
      heap[child] = lower;
      place = child;
    }
  }
}
