package affetto.bench;

import affetto.audio.Waveform;
import affetto.augment.PitchShift;
import affetto.augment.TimeStretch;
import affetto.dsp.ChromaFilterBank;
import affetto.dsp.Spectra;
import affetto.dsp.Stft;
import affetto.dsp.Workbench;
import affetto.feature.FeatureExtractor;
import affetto.feature.FeatureSets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The steps below a feature row, each for a whole clip. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SignalBench {
  private final Workbench bench = new Workbench();
  private final Stft stft = bench.stft(2048, 512, 2048);
  private final FeatureExtractor logMel = FeatureSets.named("logmel-64").extractor(bench);
  private final FeatureExtractor mfcc = FeatureSets.named("mfcc-20").extractor(bench);
  private final ChromaFilterBank chromaBank = new ChromaFilterBank(22050, 2048, 0);
  private final float[][] magnitudes = new float[stft.bins()][Stft.BLOCK];
  private final float[][] chroma = new float[ChromaFilterBank.CLASSES][Stft.BLOCK];
  private int frames;

  @Setup
  public void setUp(ClipState clips) {
    frames = stft.frames(clips.clip.length);
    Spectra spectra = stft.transform(clips.clip, 0, frames);
    for (int k = 0; k < spectra.bins(); k++) {
      spectra.power(k, magnitudes[k]);
    }
  }

  @Benchmark
  public Spectra stft(ClipState clips) {
    return stft.transform(clips.clip, 0, frames);
  }

  @Benchmark
  public float[][] chroma() {
    chromaBank.apply(magnitudes, chroma, frames);
    return chroma;
  }

  @Benchmark
  public Object logMel(ClipState clips) {
    return logMel.extract(new Waveform(clips.at16k, 16000));
  }

  @Benchmark
  public Object mfccWithDeltas(ClipState clips) {
    return mfcc.extract(new Waveform(clips.at16k, 16000));
  }

  @Benchmark
  public Waveform timeStretch(ClipState clips) {
    return new TimeStretch(0.8).apply(new Waveform(clips.clip, 22050), 0, bench);
  }

  @Benchmark
  public Waveform pitchShift(ClipState clips) {
    return new PitchShift(0.7).apply(new Waveform(clips.clip, 22050), 0, bench);
  }

  @Benchmark
  public float[] resample48kTo22050(ClipState clips) {
    return bench.resampler(48000, 22050).apply(clips.recording);
  }
}
