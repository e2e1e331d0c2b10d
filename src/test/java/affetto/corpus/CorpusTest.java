package affetto.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorpusTest {

  @Test
  void ravdessSpeech() throws Exception {
    Utterance utterance =
        Corpus.named("ravdess").parse("hdfs://nn/data/Actor_23/03-01-08-02-02-01-23.wav");

    assertThat(utterance)
        .isEqualTo(
            new Utterance(
                "ravdess-03-01-08-02-02-01-23",
                "ravdess",
                new Speaker("ravdess-23", "ravdess", Gender.MALE),
                Emotion.SURPRISED,
                Channel.SPEECH,
                Intensity.HIGH,
                "dogs",
                1,
                "hdfs://nn/data/Actor_23/03-01-08-02-02-01-23.wav"));
  }

  @Test
  void ravdessSongAndWomen() throws Exception {
    Utterance utterance = Corpus.named("ravdess").parse("Actor_02/03-02-02-01-01-02-02.wav");

    assertThat(utterance.channel()).isEqualTo(Channel.SONG);
    assertThat(utterance.emotion()).isEqualTo(Emotion.CALM);
    assertThat(utterance.speaker().gender()).isEqualTo(Gender.FEMALE);
    assertThat(utterance.repetition()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "1001_DFA_ANG_XX, cremad-1001, MALE, ANGRY, UNSPECIFIED, DFA",
    "1002_IEO_HAP_LO, cremad-1002, FEMALE, HAPPY, LOW, IEO",
    "1030_IEO_SAD_MD, cremad-1030, FEMALE, SAD, NORMAL, IEO",
    "1091_IEO_FEA_HI, cremad-1091, FEMALE, FEARFUL, HIGH, IEO",
    "1076_MTI_SAD_XX, cremad-1076, FEMALE, SAD, UNSPECIFIED, MTI",
    "1040_ITH_SAD_X, cremad-1040, MALE, SAD, UNSPECIFIED, ITH"
  })
  void cremad(
      String name, String speaker, Gender gender, Emotion emotion, Intensity level, String text)
      throws Exception {
    Utterance utterance = Corpus.named("cremad").parse("AudioWAV/" + name + ".wav");

    assertThat(utterance.id()).isEqualTo("cremad-" + name);
    assertThat(utterance.speaker()).isEqualTo(new Speaker(speaker, "cremad", gender));
    assertThat(utterance.emotion()).isEqualTo(emotion);
    assertThat(utterance.intensity()).isEqualTo(level);
    assertThat(utterance.text()).isEqualTo(text);
  }

  @Test
  void cremadHasFortyThreeWomen() throws Exception {
    int women = 0;
    for (int actor : IntStream.rangeClosed(1001, 1091).toArray()) {
      Utterance utterance = Corpus.named("cremad").parse(actor + "_TIE_NEU_XX.wav");
      women += utterance.speaker().gender() == Gender.FEMALE ? 1 : 0;
    }
    assertThat(women).isEqualTo(43);
  }

  @ParameterizedTest
  @CsvSource({
    "DC/a01.wav, savee-DC_a01, savee-DC, ANGRY",
    "savee/DC_a01.wav, savee-DC_a01, savee-DC, ANGRY",
    "JE_sa15.wav, savee-JE_sa15, savee-JE, SAD",
    "KL/su03.WAV, savee-KL_su03, savee-KL, SURPRISED",
    "JK/n30.wav, savee-JK_n30, savee-JK, NEUTRAL"
  })
  void saveeFlatOrInFolders(String path, String id, String speaker, Emotion emotion)
      throws Exception {
    Utterance utterance = Corpus.named("savee").parse(path);

    assertThat(utterance.id()).isEqualTo(id);
    assertThat(utterance.speaker()).isEqualTo(new Speaker(speaker, "savee", Gender.MALE));
    assertThat(utterance.emotion()).isEqualTo(emotion);
  }

  @ParameterizedTest
  @CsvSource({
    "OAF_Fear/OAF_food_fear.wav, tess-OAF_food_fear, tess-OAF, FEARFUL, food",
    "OAF_neutral/OA_bite_neutral.wav, tess-OAF_bite_neutral, tess-OAF, NEUTRAL, bite",
    "YAF_pleasant_surprised/YAF_gaze_ps.wav, tess-YAF_gaze_ps, tess-YAF, SURPRISED, gaze",
    "OAF_Pleasant_surprise/OAF_back_ps.wav, tess-OAF_back_ps, tess-OAF, SURPRISED, back",
    "TESS Toronto/YAF_angry/YAF_germ_angry.wav, tess-YAF_germ_angry, tess-YAF, ANGRY, germ"
  })
  void tess(String path, String id, String speaker, Emotion emotion, String word) throws Exception {
    Utterance utterance = Corpus.named("tess").parse(path);

    assertThat(utterance.id()).isEqualTo(id);
    assertThat(utterance.speaker()).isEqualTo(new Speaker(speaker, "tess", Gender.FEMALE));
    assertThat(utterance.emotion()).isEqualTo(emotion);
    assertThat(utterance.text()).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource({
    "ravdess, 01-01-08-02-02-01-23.wav, modality '01'",
    "ravdess, 03-03-08-02-02-01-23.wav, channel '03'",
    "ravdess, 03-01-09-02-02-01-23.wav, emotion '09'",
    "ravdess, 03-01-08-00-02-01-23.wav, intensity '00'",
    "ravdess, 03-01-08-02-03-01-23.wav, statement '03'",
    "ravdess, 03-01-08-02-02-01-25.wav, actor '25'",
    "ravdess, 03-01-08-02-02-01-00.wav, actor '00'",
    "ravdess, 03-01-08-02-02-1-23.wav, repetition '1'",
    "ravdess, 03-01-08-02-02-01.wav, has 6 parts",
    "ravdess, 1001_DFA_ANG_XX.wav, has 1 parts",
    "cremad, 1092_DFA_ANG_XX.wav, actor '1092'",
    "cremad, 1001_XYZ_ANG_XX.wav, sentence 'XYZ'",
    "cremad, 1001_DFA_CAL_XX.wav, emotion 'CAL'",
    "cremad, 1001_DFA_ANG_YY.wav, level 'YY'",
    "cremad, 1001_DFA_ANG.wav, has 3 parts",
    "savee, XX/a01.wav, speaker 'XX'",
    "savee, a01.wav, speaker ''",
    "savee, DC_x01.wav, emotion 'x'",
    "savee, DC_a16.wav, number '16'",
    "savee, DC_a1.wav, number '1'",
    "tess, XAF_back_angry.wav, speaker 'XAF'",
    "tess, OAF_back_furious.wav, emotion 'furious'",
    "tess, OAF_b4ck_angry.wav, word 'b4ck'",
    "tess, OAF_back_angry.txt, ending 'txt'",
    "tess, README, ending ''"
  })
  void aNameThatDoesNotParseSaysWhichPart(String corpus, String path, String reason) {
    assertThatThrownBy(() -> Corpus.named(corpus).parse(path))
        .isInstanceOf(UnparsableNameException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void spacesAndPerCentSigns() throws Exception {
    Corpus tess = Corpus.named("tess");

    assertThat(tess.parse("file:/my%20data/OAF_back_angry.wav").text()).isEqualTo("back");
    assertThat(tess.parse("/100% mine/OAF_back_angry.wav").text()).isEqualTo("back");
    assertThat(tess.parse("s3a://b/100%/OAF_back_angry.wav").text()).isEqualTo("back");
  }

  @Test
  void anUnknownCorpusIsToldWhichThereAre() {
    assertThatThrownBy(() -> Corpus.named("iemocap"))
        .hasMessageContainingAll("iemocap", "ravdess", "cremad", "savee", "tess");
    assertThat(Corpus.all())
        .extracting(Corpus::id)
        .isEqualTo(List.of("ravdess", "cremad", "savee", "tess"));
  }
}
