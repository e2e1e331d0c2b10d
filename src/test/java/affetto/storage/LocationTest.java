package affetto.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import affetto.fault.BadInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://AKIA:SECRET@bucket/w",
        "s3a://AKIA:SEC/RET+SECRET@bucket/w",
        "s3a://AKIA:SECRET",
        "S3A://SECRET@bucket/w",
        "s3n://AKIA:SECRET@bucket",
        "hdfs://me:SECRET@host:9820/w",
        "ravdess=s3a://AKIA:SECRET@bucket/w",
        "--warehouse=s3a://AKIA:SEC/RET/SECRET@bucket/w"
      })
  void keysAndPasswordsAreRefusedAndNotRepeated(String text) {
    assertThatThrownBy(() -> Location.checked(text))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("holds a name or password in front of its host")
        .hasMessageNotContainingAny("SECRET", "SEC/", "AKIA");
    assertThat(Location.withoutSecrets("cannot list '" + text + "': no such bucket"))
        .doesNotContain("SECRET", "SEC/")
        .startsWith("cannot list '")
        .endsWith("': no such bucket");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/data/a@b:c/w",
        "relative/w",
        "file:///data/me:x@y",
        "hdfs://host:9820/me@home:x",
        "hdfs://me@host/w",
        "s3a://bucket/a:b@c",
        "s3a://bucket"
      })
  void othersStayAsTheyAre(String text) {
    assertThat(Location.checked(text)).isEqualTo(text);
    assertThat(Location.withoutSecrets(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.hadoop.fs.s3a.secret.key=SECRET: no such file",
        "--conf fs.s3a.session.token=SECRET",
        "fs.s3a.encryption.key = SECRET",
        "fs.azure.account.key.mine=SECRET",
        "--conf \"spark.executor.extraJavaOptions=-Djavax.net.ssl.trustStorePassword=SECRET -Da=b\"",
        "fs.azure.client-secret=SECRET"
      })
  void settingsThatHoldSecretsLoseThem(String text) {
    assertThat(Location.withoutSecrets(text)).doesNotContain("SECRET").contains("=");
  }
}
