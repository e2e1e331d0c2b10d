package affetto.synth;

import affetto.corpus.Emotion;
import affetto.corpus.Gender;
import affetto.synth.CorpusPlan.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The four corpora as they are recorded: folders, names, speakers, texts, rates. */
final class CorpusPlans {

  private static final double WEAK = 0.75;
  private static final double STRONG = 1.3;

  private static final List<Emotion> RAVDESS_EMOTIONS =
      List.of(
          Emotion.NEUTRAL,
          Emotion.CALM,
          Emotion.HAPPY,
          Emotion.SAD,
          Emotion.ANGRY,
          Emotion.FEARFUL,
          Emotion.DISGUST,
          Emotion.SURPRISED);

  /** Actors 1001 to 1091 in order, from CREMA-D's VideoDemographics.csv. */
  private static final String CREMAD_GENDERS =
      "MFFFMFFFFFMFFMMMMFMFFMMFFMMFFFMMMMMMFMMMMMFMMFFMFMMFFFFFMFMFFMFMMMMMMMMFFFFFMFFMMFMFMMMMFMF";

  private static final List<String> CREMAD_SENTENCES =
      List.of("IEO", "TIE", "IOM", "IWW", "TAI", "MTI", "IWL", "ITH", "DFA", "ITS", "TSI", "WSI");

  private static final Map<Emotion, String> CREMAD_CODES =
      Map.of(
          Emotion.ANGRY, "ANG",
          Emotion.DISGUST, "DIS",
          Emotion.FEARFUL, "FEA",
          Emotion.HAPPY, "HAP",
          Emotion.NEUTRAL, "NEU",
          Emotion.SAD, "SAD");

  private static final Map<Emotion, String> SAVEE_CODES =
      Map.of(
          Emotion.ANGRY, "a",
          Emotion.DISGUST, "d",
          Emotion.FEARFUL, "f",
          Emotion.HAPPY, "h",
          Emotion.NEUTRAL, "n",
          Emotion.SAD, "sa",
          Emotion.SURPRISED, "su");

  /** Folder and file spell an emotion each in its own way; the folders differ by speaker. */
  private static final Map<Emotion, List<String>> TESS_CODES =
      Map.of(
          Emotion.ANGRY, List.of("angry", "OAF_angry", "YAF_angry"),
          Emotion.DISGUST, List.of("disgust", "OAF_disgust", "YAF_disgust"),
          Emotion.FEARFUL, List.of("fear", "OAF_Fear", "YAF_fear"),
          Emotion.HAPPY, List.of("happy", "OAF_happy", "YAF_happy"),
          Emotion.NEUTRAL, List.of("neutral", "OAF_neutral", "YAF_neutral"),
          Emotion.SURPRISED, List.of("ps", "OAF_Pleasant_surprise", "YAF_pleasant_surprised"),
          Emotion.SAD, List.of("sad", "OAF_Sad", "YAF_sad"));

  /** Forty of TESS's two hundred words. */
  private static final List<String> TESS_WORDS =
      List.of(
          ("back bar base bath bean beg bite boat bone book cab cause chain chair chalk chat check"
                  + " cheek chief choice cool dab date dead death deep dime dip ditch dodge dog door"
                  + " fail fall far fat fit five food gap")
              .split(" "));

  private CorpusPlans() {}

  static List<CorpusPlan> all() {
    return List.of(ravdess(), cremad(), savee(), tess());
  }

  private static CorpusPlan ravdess() {
    List<Role> cast = new ArrayList<>();
    for (int actor = 1; actor <= 24; actor++) {
      List<List<Take>> takes = new ArrayList<>();
      for (int code = 1; code <= RAVDESS_EMOTIONS.size(); code++) {
        takes.add(ravdessTakes(actor, code));
      }
      Gender gender = actor % 2 == 1 ? Gender.MALE : Gender.FEMALE;
      cast.add(new Role("%02d".formatted(actor), gender, takes));
    }
    return new CorpusPlan("ravdess", 48000, 0.5, cast);
  }

  private static List<Take> ravdessTakes(int actor, int code) {
    Emotion emotion = RAVDESS_EMOTIONS.get(code - 1);
    List<Take> takes = new ArrayList<>();
    for (int i = 0; i < (emotion == Emotion.NEUTRAL ? 4 : 8); i++) {
      int statement = i % 2 + 1;
      int repetition = i / 2 % 2 + 1;
      int intensity = i / 4 + 1;
      String path =
          "Actor_%02d/03-01-%02d-%02d-%02d-%02d-%02d.wav"
              .formatted(actor, code, intensity, statement, repetition, actor);
      double strength = intensity == 1 ? 0.9 : STRONG;
      takes.add(new Take(emotion, strength, "statement " + statement, 8, path));
    }
    return takes;
  }

  private static CorpusPlan cremad() {
    List<Role> cast = new ArrayList<>();
    for (int actor = 0; actor < CREMAD_GENDERS.length(); actor++) {
      int code = 1001 + actor;
      Gender gender = CREMAD_GENDERS.charAt(actor) == 'M' ? Gender.MALE : Gender.FEMALE;
      List<List<Take>> takes =
          emotionsOf(CREMAD_CODES).stream().map(e -> cremadTakes(code, e)).toList();
      cast.add(new Role(Integer.toString(code), gender, takes));
    }
    return new CorpusPlan("cremad", 16000, 0.35, cast);
  }

  private static List<Take> cremadTakes(int actor, Emotion emotion) {
    List<Take> takes = new ArrayList<>();
    for (String sentence : CREMAD_SENTENCES) {
      boolean levels = sentence.equals("IEO") && emotion != Emotion.NEUTRAL;
      for (String level : levels ? List.of("MD", "LO", "HI") : List.of("XX")) {
        double strength =
            switch (level) {
              case "LO" -> WEAK;
              case "HI" -> STRONG;
              default -> 1;
            };
        String path =
            "AudioWAV/%d_%s_%s_%s.wav".formatted(actor, sentence, CREMAD_CODES.get(emotion), level);
        takes.add(new Take(emotion, strength, sentence, 7, path));
      }
    }
    return takes;
  }

  private static CorpusPlan savee() {
    List<Role> cast = new ArrayList<>();
    for (String speaker : List.of("DC", "JE", "JK", "KL")) {
      List<List<Take>> takes =
          emotionsOf(SAVEE_CODES).stream().map(e -> saveeTakes(speaker, e)).toList();
      cast.add(new Role(speaker, Gender.MALE, takes));
    }
    return new CorpusPlan("savee", 44100, 0.3, cast);
  }

  private static List<Take> saveeTakes(String speaker, Emotion emotion) {
    int count = emotion == Emotion.NEUTRAL ? 30 : 15;
    String code = SAVEE_CODES.get(emotion);
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            i -> {
              String path = "%s/%s%02d.wav".formatted(speaker, code, i);
              return new Take(emotion, 1, code + i, 9, path);
            })
        .toList();
  }

  private static CorpusPlan tess() {
    List<Role> cast = new ArrayList<>();
    for (String speaker : List.of("OAF", "YAF")) {
      List<List<Take>> takes =
          emotionsOf(TESS_CODES).stream().map(e -> tessTakes(speaker, e)).toList();
      cast.add(new Role(speaker, Gender.FEMALE, takes));
    }
    return new CorpusPlan("tess", 24414, 0.3, cast);
  }

  private static List<Take> tessTakes(String speaker, Emotion emotion) {
    List<String> codes = TESS_CODES.get(emotion);
    String folder = codes.get(speaker.equals("OAF") ? 1 : 2);
    return TESS_WORDS.stream()
        .map(
            word -> {
              String path = "%s/%s_%s_%s.wav".formatted(folder, speaker, word, codes.get(0));
              return new Take(emotion, 1, "say the word " + word, 5, path);
            })
        .toList();
  }

  /** In the order of the enum: a Map.of has none. */
  private static List<Emotion> emotionsOf(Map<Emotion, ?> codes) {
    return codes.keySet().stream().sorted().toList();
  }
}
