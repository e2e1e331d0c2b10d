package affetto.dsp;

/**
 * The discrete Fourier transform of real signals whose length is a power of two.
 *
 * <p>Even and odd samples become the real and imaginary parts of a complex signal of half the
 * length; that is transformed by Stockham's self-sorting algorithm in steps of four (and one of two
 * where needed), and its halves are then separated. Real and imaginary parts lie in arrays of their
 * own so that the inner loops run over neighbours.
 *
 * <p>One instance per thread.
 */
public final class Fft {
  private final int size;
  private final int half;
  private final double[] cosine;
  private final double[] sine;
  private double[] re;
  private double[] im;
  private double[] otherRe;
  private double[] otherIm;

  /**
   * Makes the tables.
   *
   * @param size length of the real signal: a power of two, at least 2
   */
  public Fft(int size) {
    if (size < 2 || Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException(
          "the size must be a power of two of at least 2, was " + size);
    }
    this.size = size;
    half = size / 2;
    cosine = new double[size];
    sine = new double[size];
    for (int i = 0; i < size; i++) {
      cosine[i] = Math.cos(2 * Math.PI * i / size);
      sine[i] = Math.sin(2 * Math.PI * i / size);
    }
    re = new double[half];
    im = new double[half];
    otherRe = new double[half];
    otherIm = new double[half];
  }

  /** Length of the real signal. */
  public int size() {
    return size;
  }

  /** Number of frequencies, {@code 1 + size / 2}: bin k is k / size of the sample rate. */
  public int bins() {
    return half + 1;
  }

  /**
   * Transforms a real signal, unscaled, as {@code numpy.fft.rfft}.
   *
   * @param samples shape [size]
   * @param outRe real parts, shape [bins]
   * @param outIm imaginary parts, shape [bins]
   */
  public void forward(double[] samples, double[] outRe, double[] outIm) {
    for (int i = 0; i < half; i++) {
      re[i] = samples[2 * i];
      im[i] = samples[2 * i + 1];
    }
    transform();
    outRe[0] = re[0] + im[0];
    outIm[0] = 0;
    outRe[half] = re[0] - im[0];
    outIm[half] = 0;
    for (int k = 1; k < half; k++) {
      int mirror = half - k;
      double evenRe = 0.5 * (re[k] + re[mirror]);
      double evenIm = 0.5 * (im[k] - im[mirror]);
      double oddRe = 0.5 * (im[k] + im[mirror]);
      double oddIm = 0.5 * (re[mirror] - re[k]);
      outRe[k] = evenRe + cosine[k] * oddRe + sine[k] * oddIm;
      outIm[k] = evenIm + cosine[k] * oddIm - sine[k] * oddRe;
    }
  }

  /**
   * The inverse of {@link #forward}, scaled by 1 / size, as {@code numpy.fft.irfft}. The imaginary
   * parts of the first and last bin are taken as zero.
   *
   * @param inRe real parts, shape [bins]
   * @param inIm imaginary parts, shape [bins]
   * @param samples receives the signal, shape [size]
   */
  public void inverse(double[] inRe, double[] inIm, double[] samples) {
    // The inverse is the forward transform with real and imaginary parts swapped.
    im[0] = 0.5 * (inRe[0] + inRe[half]);
    re[0] = 0.5 * (inRe[0] - inRe[half]);
    for (int k = 1; k < half; k++) {
      int mirror = half - k;
      double evenRe = 0.5 * (inRe[k] + inRe[mirror]);
      double evenIm = 0.5 * (inIm[k] - inIm[mirror]);
      double differenceRe = 0.5 * (inRe[k] - inRe[mirror]);
      double differenceIm = 0.5 * (inIm[k] + inIm[mirror]);
      double oddRe = cosine[k] * differenceRe - sine[k] * differenceIm;
      double oddIm = cosine[k] * differenceIm + sine[k] * differenceRe;
      im[k] = evenRe - oddIm;
      re[k] = evenIm + oddRe;
    }
    transform();
    double scale = 1.0 / half;
    for (int i = 0; i < half; i++) {
      samples[2 * i] = im[i] * scale;
      samples[2 * i + 1] = re[i] * scale;
    }
  }

  /** Transforms (re, im) of length half in place, by way of the other pair. */
  private void transform() {
    int length = half;
    int stride = 1;
    while (length >= 4) {
      radixFour(length, stride);
      swap();
      length /= 4;
      stride *= 4;
    }
    if (length == 2) {
      radixTwo(stride);
      swap();
    }
  }

  private void swap() {
    double[] keptRe = re;
    double[] keptIm = im;
    re = otherRe;
    im = otherIm;
    otherRe = keptRe;
    otherIm = keptIm;
  }

  private void radixTwo(int stride) {
    for (int q = 0; q < stride; q++) {
      otherRe[q] = re[q] + re[q + stride];
      otherIm[q] = im[q] + im[q + stride];
      otherRe[q + stride] = re[q] - re[q + stride];
      otherIm[q + stride] = im[q] - im[q + stride];
    }
  }

  private void radixFour(int length, int stride) {
    int quarter = length / 4;
    int step = size / length;
    for (int p = 0; p < quarter; p++) {
      int from = stride * p;
      int to = 4 * from;
      int w = p * step;
      butterflies(from, to, stride, stride * quarter, w);
    }
  }

  /** The butterflies of one twiddle factor: exp(-2 pi i w / size) and its square and cube. */
  private void butterflies(int from, int to, int stride, int apart, int w) {
    double w1Re = cosine[w];
    double w1Im = -sine[w];
    double w2Re = cosine[2 * w];
    double w2Im = -sine[2 * w];
    double w3Re = cosine[3 * w];
    double w3Im = -sine[3 * w];
    double[] xRe = re;
    double[] xIm = im;
    double[] yRe = otherRe;
    double[] yIm = otherIm;
    for (int q = 0; q < stride; q++) {
      int a = from + q;
      int b = a + apart;
      int c = b + apart;
      int d = c + apart;
      double sumAcRe = xRe[a] + xRe[c];
      double sumAcIm = xIm[a] + xIm[c];
      double differenceAcRe = xRe[a] - xRe[c];
      double differenceAcIm = xIm[a] - xIm[c];
      double sumBdRe = xRe[b] + xRe[d];
      double sumBdIm = xIm[b] + xIm[d];
      double turnedBdRe = xIm[d] - xIm[b];
      double turnedBdIm = xRe[b] - xRe[d];
      int y = to + q;
      yRe[y] = sumAcRe + sumBdRe;
      yIm[y] = sumAcIm + sumBdIm;
      double y1Re = differenceAcRe - turnedBdRe;
      double y1Im = differenceAcIm - turnedBdIm;
      yRe[y + stride] = w1Re * y1Re - w1Im * y1Im;
      yIm[y + stride] = w1Re * y1Im + w1Im * y1Re;
      double y2Re = sumAcRe - sumBdRe;
      double y2Im = sumAcIm - sumBdIm;
      yRe[y + 2 * stride] = w2Re * y2Re - w2Im * y2Im;
      yIm[y + 2 * stride] = w2Re * y2Im + w2Im * y2Re;
      double y3Re = differenceAcRe + turnedBdRe;
      double y3Im = differenceAcIm + turnedBdIm;
      yRe[y + 3 * stride] = w3Re * y3Re - w3Im * y3Im;
      yIm[y + 3 * stride] = w3Re * y3Im + w3Im * y3Re;
    }
  }
}
