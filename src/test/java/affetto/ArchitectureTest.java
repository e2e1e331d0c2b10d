package affetto;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.Serializable;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The floors of the house, and the habits that keep them standing. */
@AnalyzeClasses(packages = "affetto", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** A room, the floor it lies on, and which others it may import ({@code fault} goes unsaid). */
  private record Room(int floor, Set<String> mayImport) {}

  private static final Map<String, Room> HOUSE =
      Map.ofEntries(
          room("fault", 0),
          room("machine", 0),
          room("dsp", 0),
          room("corpus", 0),
          room("archive", 0),
          room("audio", 1, "dsp"),
          room("evaluation", 1, "corpus"),
          room("augment", 2, "dsp", "audio"),
          room("feature", 2, "dsp", "audio"),
          room("synth", 2, "corpus", "audio", "dsp"),
          room("storage", 2),
          room("table", 3, "corpus", "augment", "feature", "evaluation", "storage"),
          room("model", 3, "corpus", "feature", "archive"),
          room("monitor", 3),
          room("baseline", 4, "table", "model", "feature", "corpus"),
          room("store", 4, "model", "evaluation", "corpus", "feature", "storage"),
          room(
              "train",
              4,
              "table",
              "model",
              "evaluation",
              "feature",
              "corpus",
              "machine",
              "monitor"),
          room("report", 4, "evaluation"),
          roomAbove("job", 5),
          roomAbove("config", 6),
          room("cli", 7, "config", "job", "machine", "storage"));

  /** But for the one that is there to know Hadoop. */
  private static final String[] FLOORS_0_TO_2 =
      HOUSE.entrySet().stream()
          .filter(room -> room.getValue().floor() <= 2 && !room.getKey().equals("storage"))
          .map(room -> "affetto." + room.getKey() + "..")
          .toArray(String[]::new);

  private static final String[] BELOW_JOB =
      HOUSE.entrySet().stream()
          .filter(room -> room.getValue().floor() < 5)
          .map(room -> "affetto." + room.getKey() + "..")
          .toArray(String[]::new);

  private static Map.Entry<String, Room> room(String name, int floor, String... mayImport) {
    return Map.entry(name, new Room(floor, Set.of(mayImport)));
  }

  /** A room that may import every room below it. */
  private static Map.Entry<String, Room> roomAbove(String name, int floor) {
    return Map.entry(name, new Room(floor, Set.of("*")));
  }

  private static String roomOf(JavaClass type) {
    return type.getPackageName().replaceFirst("^affetto\\.?", "").replaceFirst("\\..*", "");
  }

  @ArchTest
  static void everyPackageIsARoomOfTheHouse(JavaClasses classes) {
    Set<String> rooms = classes.stream().map(ArchitectureTest::roomOf).collect(Collectors.toSet());
    assertThat(rooms).isSubsetOf(HOUSE.keySet());
  }

  @ArchTest
  static final ArchRule A_ROOM_IMPORTS_ONLY_WHAT_IT_MAY =
      classes()
          .should(
              new ArchCondition<>("import only the rooms below that the house names") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  type.getDirectDependenciesFromSelf().stream()
                      .filter(d -> d.getTargetClass().getPackageName().startsWith("affetto."))
                      .filter(d -> !mayImport(roomOf(type), roomOf(d.getTargetClass())))
                      .forEach(
                          d -> events.add(SimpleConditionEvent.violated(d, d.getDescription())));
                }
              });

  private static boolean mayImport(String from, String to) {
    Room room = HOUSE.get(from);
    boolean named = room.mayImport().contains("*") || room.mayImport().contains(to);
    boolean below = HOUSE.get(to).floor() < room.floor();
    return from.equals(to) || to.equals("fault") || (named && below);
  }

  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching("affetto.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule LOW_FLOORS_KNOW_NO_FRAMEWORK =
      noClasses()
          .that()
          .resideInAnyPackage(FLOORS_0_TO_2)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache..",
              "scala..",
              "org.deeplearning4j..",
              "org.nd4j..",
              "org.datavec..",
              "org.slf4j..",
              "java.util.logging..",
              "com.typesafe..");

  @ArchTest
  static final ArchRule MODEL_KNOWS_NO_SPARK =
      noClasses()
          .that()
          .resideInAPackage("affetto.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..", "org.deeplearning4j.spark..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule ONLY_TRAIN_KNOWS_DL4J_ON_SPARK =
      noClasses()
          .that()
          .resideOutsideOfPackage("affetto.train..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j.spark..");

  @ArchTest
  static final ArchRule ONLY_BASELINE_KNOWS_MLLIB =
      noClasses()
          .that()
          .resideOutsideOfPackage("affetto.baseline..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark.ml..", "org.apache.spark.mllib..");

  @ArchTest
  static final ArchRule STORE_KNOWS_NO_SPARK =
      noClasses()
          .that()
          .resideInAPackage("affetto.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..");

  @ArchTest
  static final ArchRule ONLY_CONFIG_KNOWS_HOCON =
      noClasses()
          .that()
          .resideOutsideOfPackage("affetto.config..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.typesafe.config..");

  @ArchTest
  static final ArchRule ONLY_CLI_KNOWS_PICOCLI =
      noClasses()
          .that()
          .resideOutsideOfPackage("affetto.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule ONLY_MODEL_AND_TRAIN_KNOW_DL4J =
      noClasses()
          .that()
          .resideOutsideOfPackages("affetto.model..", "affetto.train..")
          .and(are(not(simpleName("Doctor"))))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.datavec..");

  @ArchTest
  static final ArchRule ONLY_SESSIONS_BUILDS_A_SESSION =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("affetto.job.Sessions")
          .should()
          .accessTargetWhere(
              target("org.apache.spark.sql.SparkSession", "builder")
                  .or(target("org.apache.spark.sql.SparkSession$", "builder")));

  @ArchTest
  static final ArchRule ONLY_CLI_PRINTS =
      noClasses()
          .that()
          .resideOutsideOfPackage("affetto.cli..")
          .should()
          .accessTargetWhere(
              target("java.lang.System", "out", "err", "in")
                  .or(target("java.lang.Throwable", "printStackTrace")));

  @ArchTest
  static final ArchRule ONLY_CLI_EXITS =
      noClasses()
          .that()
          .resideOutsideOfPackage("affetto.cli..")
          .should()
          .accessTargetWhere(
              target("java.lang.System", "exit").or(target("java.lang.Runtime", "exit", "halt")));

  @ArchTest
  static final ArchRule NO_CLOCK_BELOW_JOB =
      noClasses()
          .that()
          .resideInAnyPackage(BELOW_JOB)
          .should()
          .accessTargetWhere(
              target("java.lang.System", "currentTimeMillis", "nanoTime")
                  .or(noArguments(Date.class))
                  .or(
                      describe(
                          "java.time's clock",
                          access ->
                              access.getTargetOwner().getName().startsWith("java.time.")
                                  && access.getName().matches("now|system.*|tick.*"))));

  @ArchTest
  static final ArchRule NO_UNSEEDED_RANDOM_BELOW_JOB =
      noClasses()
          .that()
          .resideInAnyPackage(BELOW_JOB)
          // A publisher's name among others: no number depends on it.
          .and(are(not(simpleName("Claim"))))
          .should()
          .accessTargetWhere(
              target("java.lang.Math", "random")
                  .or(target("java.util.UUID", "randomUUID"))
                  .or(target("java.util.concurrent.ThreadLocalRandom", "current"))
                  .or(noArguments(Random.class))
                  .or(noArguments(RandomGenerator.class))
                  .or(
                      describe(
                          "Collections.shuffle without a seed",
                          access ->
                              access.getTargetOwner().isEquivalentTo(Collections.class)
                                  && access.getTarget().getFullName().endsWith("(java.util.List)")
                                  && access.getName().equals("shuffle"))));

  @ArchTest
  static final ArchRule NO_STATIC_MUTABLE_STATE =
      fields()
          .that()
          .areStatic()
          .and(not(describe("synthetic", f -> f.getModifiers().contains(JavaModifier.SYNTHETIC))))
          .should()
          .beFinal()
          .andShould(
              new ArchCondition<>("not be of a type made for change") {
                @Override
                public void check(JavaField field, ConditionEvents events) {
                  String type = field.getRawType().getName();
                  boolean changes =
                      type.startsWith("java.util.concurrent.")
                          || type.startsWith("java.lang.ThreadLocal")
                          || field.getRawType().isAssignableTo(Random.class)
                          || List.of(
                                  "java.util.ArrayList", "java.util.HashMap", "java.util.HashSet")
                              .contains(type);
                  if (changes) {
                    events.add(SimpleConditionEvent.violated(field, field.getDescription()));
                  }
                }
              });

  @ArchTest
  static final ArchRule SPECS_ARE_SERIALIZABLE_RECORDS =
      classes()
          .that(are(simpleNameEndingWith("Spec")))
          .should()
          .beAssignableTo(Record.class)
          .andShould()
          .beAssignableTo(Serializable.class);

  @ArchTest
  static final ArchRule NO_DRAWERS_FOR_ODDMENTS =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Managers)(\\$.*)?");

  /** An access to a member of a class or of what derives from it, by call, reference or field. */
  private static DescribedPredicate<JavaAccess<?>> target(String owner, String... names) {
    return describe(
        owner + "." + String.join("/", names),
        access ->
            access.getTargetOwner().isAssignableTo(owner)
                && List.of(names).contains(access.getName()));
  }

  private static DescribedPredicate<JavaAccess<?>> noArguments(Class<?> type) {
    return describe(
        "new " + type.getSimpleName() + "()",
        access ->
            access.getTargetOwner().isAssignableTo(type)
                && access.getTarget().getFullName().endsWith("<init>()"));
  }

  /** The house's own table must make sense: a room may import only from below. */
  @ArchTest
  static void theHouseStands(JavaClasses classes) {
    Map<String, Set<String>> wrong = new TreeMap<>();
    HOUSE.forEach(
        (name, room) ->
            room.mayImport().stream()
                .filter(other -> !other.equals("*"))
                .filter(other -> HOUSE.get(other).floor() >= room.floor())
                .forEach(other -> wrong.computeIfAbsent(name, n -> new TreeSet<>()).add(other)));
    assertThat(wrong).isEmpty();
    assertThat(FLOORS_0_TO_2).hasSize(10);
  }
}
