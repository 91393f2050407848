package io.hone.plugins.gradient.autopgd;

/**
 * Finds what would be at a place if numbers were sorted, in a fraction of the time (Hoare 1961).
 */
final class Selection {
  private Selection() {}

  /**
   * Returns the number at a place in rising order, counted from 0.
   *
   * @param numbers without NaN; left in another order
   */
  static float at(int place, float[] numbers) {
    int from = 0;
    int to = numbers.length - 1;
    while (from < to) {
      float pivot = median(numbers[from], numbers[(from + to) >>> 1], numbers[to]);
      int left = from;
      int right = to;
      while (left <= right) {
        while (numbers[left] < pivot) {
          left++;
        }
        while (numbers[right] > pivot) {
          right--;
        }
        if (left <= right) {
          float swapped = numbers[left];
          numbers[left++] = numbers[right];
          numbers[right--] = swapped;
        }
      }
      // All up to `right` are at most the pivot, all from `left` on at least; between is the pivot.
      if (place <= right) {
        to = right;
      } else if (place >= left) {
        from = left;
      } else {
        return pivot;
      }
    }
    return numbers[place];
  }

  private static float median(float first, float second, float third) {
    return Math.max(Math.min(first, second), Math.min(Math.max(first, second), third));
  }
}
