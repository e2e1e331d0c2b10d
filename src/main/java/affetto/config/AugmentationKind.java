package affetto.config;

import affetto.augment.AddNoise;
import affetto.augment.Augmentation;
import affetto.augment.Clean;
import affetto.augment.FolderNoise;
import affetto.augment.Gain;
import affetto.augment.PinkNoise;
import affetto.augment.PitchShift;
import affetto.augment.Reverb;
import affetto.augment.Speed;
import affetto.augment.Telephone;
import affetto.augment.TimeShift;
import affetto.augment.TimeStretch;
import affetto.augment.WhiteNoise;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A type of augmentation that a sweep may name, all but chains: its parameters, and how to make
 * one.
 *
 * @param parameters in the order in which their lists make a grid
 * @param maker from values of the parameters' forms; refuses what is out of range
 */
record AugmentationKind(List<Parameter> parameters, Function<Arguments, Augmentation> maker) {

  /** By the name that stands behind {@code type =}. */
  static final Map<String, AugmentationKind> BY_TYPE =
      Map.ofEntries(
          kind("clean", a -> new Clean()),
          kind("noise", a -> new AddNoise(a.number("amplitude")), number("amplitude")),
          kind("white-noise", a -> new WhiteNoise(a.number("snr-db")), number("snr-db")),
          kind("pink-noise", a -> new PinkNoise(a.number("snr-db")), number("snr-db")),
          kind(
              "recorded-noise",
              a -> new FolderNoise(a.text("folder"), a.number("snr-db")),
              text("folder"),
              number("snr-db")),
          kind("pitch-shift", a -> new PitchShift(a.number("semitones")), number("semitones")),
          kind("time-stretch", a -> new TimeStretch(a.number("rate")), number("rate")),
          kind("speed", a -> new Speed(a.number("rate")), number("rate")),
          kind(
              "gain",
              a -> new Gain(a.number("gain-db"), a.flag("clipping")),
              number("gain-db"),
              flag("clipping")),
          kind(
              "time-shift",
              a -> new TimeShift(a.number("seconds"), a.flag("random")),
              number("seconds"),
              flag("random")),
          kind(
              "reverb",
              a -> new Reverb(a.number("rt60"), a.number("drr-db")),
              number("rt60"),
              number("drr-db")),
          kind("telephone", a -> new Telephone()));

  /** What a value may be. */
  enum Form {
    NUMBER("a number", Number.class),
    FLAG("true or false", Boolean.class),
    TEXT("text", String.class);

    private final String wanted;
    private final Class<?> type;

    Form(String wanted, Class<?> type) {
      this.wanted = wanted;
      this.type = type;
    }

    /** The form in words. */
    String wanted() {
      return wanted;
    }

    boolean fits(Object value) {
      return type.isInstance(value);
    }
  }

  /** A parameter; flags may be left out and are false then. */
  record Parameter(String name, Form form) {}

  /** A value for each parameter, by its name. */
  record Arguments(Map<String, Object> values) {
    double number(String name) {
      return ((Number) values.get(name)).doubleValue();
    }

    boolean flag(String name) {
      return (Boolean) values.get(name);
    }

    String text(String name) {
      return (String) values.get(name);
    }
  }

  private static Map.Entry<String, AugmentationKind> kind(
      String type, Function<Arguments, Augmentation> maker, Parameter... parameters) {
    return Map.entry(type, new AugmentationKind(List.of(parameters), maker));
  }

  private static Parameter number(String name) {
    return new Parameter(name, Form.NUMBER);
  }

  private static Parameter flag(String name) {
    return new Parameter(name, Form.FLAG);
  }

  private static Parameter text(String name) {
    return new Parameter(name, Form.TEXT);
  }
}
