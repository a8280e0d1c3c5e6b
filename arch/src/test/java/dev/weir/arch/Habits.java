package dev.weir.arch;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// What the classes of a package may do: purity of core, and habits of the whole.
final class Habits {
  private static final String[] CORE = {
    "dev.weir.base..",
    "dev.weir.arrivals..",
    "dev.weir.balance..",
    "dev.weir.run..",
    "dev.weir.scale..",
    "dev.weir.stats.."
  };
  private static final String[] PURE = {
    "dev.weir.base..",
    "dev.weir.arrivals..",
    "dev.weir.balance..",
    "dev.weir.run..",
    "dev.weir.scale..",
    "dev.weir.stats..",
    "dev.weir.sim.."
  };

  /// Calls that read a clock, the environment or chance behind the caller's back.
  private static final Set<String> AMBIENT =
      Set.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.time.Instant.now",
          "java.lang.Math.random",
          "java.util.concurrent.ThreadLocalRandom.current");

  private Habits() {}

  static List<ArchRule> rules() {
    return List.of(
        noInputOutputInCore(),
        noAmbientCalls(),
        noSleep(),
        noParkingInTests(),
        seededTests(),
        noStandardStreams(),
        oneWayToTheTerminal(),
        cleanEnvironments(),
        mainOnlyInCommands(),
        noBareRuntimeException(),
        closedTypesInCore());
  }

  private static ArchRule noInputOutputInCore() {
    return noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat(describe("do I/O, threads or logs", Habits::doesInputOutputOrThreads))
        .because("core and sim run on virtual time and hold no resource");
  }

  private static boolean doesInputOutputOrThreads(JavaClass type) {
    String name = type.getName();
    // Exceptions name java.io.Serializable's annotation; that is no I/O.
    return (name.startsWith("java.io.")
            && !name.equals("java.io.Serializable")
            && !name.equals("java.io.Serial"))
        || name.startsWith("java.net.")
        || name.startsWith("java.nio.")
        || name.equals("java.lang.Thread")
        || name.matches("java\\.util\\.concurrent\\.(.*Executor.*|CompletableFuture|ForkJoin.*)")
        || name.startsWith("java.util.logging.")
        || name.startsWith("org.slf4j.");
  }

  private static ArchRule noAmbientCalls() {
    return noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .callMethodWhere(
            describe(
                "read a clock, chance or the environment",
                (JavaCall<?> call) ->
                    AMBIENT.contains(
                        call.getTargetOwner().getName() + "." + call.getTarget().getName())))
        .because("time and chance are arguments");
  }

  private static ArchRule noSleep() {
    return noClasses()
        .should()
        .callMethodWhere(describe("sleep", call -> isCall(call, "sleep", Thread.class)))
        .orShould()
        .callMethodWhere(describe("sleep by a unit", call -> isCall(call, "sleep", TimeUnit.class)))
        .because("tests advance time and shells park until something is due");
  }

  /// See [Tidy] for latches that are made only to be waited for.
  private static ArchRule noParkingInTests() {
    return noClasses()
        .that(describe("are tests", type -> !isBuiltFrom(type, "/classes/")))
        .should()
        .callMethodWhere(
            describe(
                "park",
                (JavaCall<?> call) ->
                    call.getTargetOwner().isEquivalentTo(LockSupport.class)
                        && call.getTarget().getName().startsWith("park")))
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("org.awaitility..")
        .because("tests wait for events; RealTime marks where time itself is the subject");
  }

  private static ArchRule seededTests() {
    return noClasses()
        .that(describe("are tests", type -> !isBuiltFrom(type, "/classes/")))
        .should()
        .callConstructor(Random.class)
        .orShould()
        .callConstructor(SplittableRandom.class)
        .orShould()
        .callMethod(RandomGenerator.class, "getDefault")
        .orShould()
        .callMethod(RandomGenerator.class, "of", String.class)
        .because("a random test that failed has to fail again: Seeds names the seed");
  }

  private static boolean isCall(JavaCall<?> call, String name, Class<?> owner) {
    return call.getTargetOwner().isEquivalentTo(owner) && call.getTarget().getName().equals(name);
  }

  private static ArchRule noStandardStreams() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.weir.term..", "dev.weir.lab..", "dev.weir.cli..", "dev.weir.sample..")
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .because("only commands print");
  }

  private static ArchRule oneWayToTheTerminal() {
    return noClasses()
        .that(areShipped())
        .and()
        .resideInAnyPackage("dev.weir.term..", "dev.weir.lab..", "dev.weir.cli..")
        .and()
        .haveNameNotMatching("dev\\.weir\\.term\\.Terminal(\\$.*)?")
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.Console")
        .because("Terminal makes visible what would steer the terminal");
  }

  private static ArchRule cleanEnvironments() {
    return classes()
        .that(areShipped())
        .and()
        .doNotHaveFullyQualifiedName("dev.weir.swarm.engine.CredentialHelper")
        .should(startProcessesCleanly())
        .because("our environment may hold passwords; only a credential helper needs all of it");
  }

  private static ArchCondition<JavaClass> startProcessesCleanly() {
    return new ArchCondition<>("clean the environment of what they start") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean starts =
            type.getConstructorCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(ProcessBuilder.class));
        boolean cleans =
            type.getMethodCallsFromSelf().stream()
                .anyMatch(call ->
                    call.getTargetOwner().getName().equals("dev.weir.base.CleanEnvironment"));
        if (starts && !cleans) {
          events.add(SimpleConditionEvent.violated(type, type.getName() + " hands ours on"));
        }
      }
    };
  }

  private static ArchRule mainOnlyInCommands() {
    return methods()
        .that()
        .haveName("main")
        .and()
        .areStatic()
        .and()
        .haveRawParameterTypes(String[].class)
        .and()
        .areDeclaredInClassesThat(areShipped())
        .should()
        .beDeclaredInClassesThat()
        .resideInAnyPackage("dev.weir.cli..", "dev.weir.sample..")
        .because("only cli and sample are processes")
        .allowEmptyShould(true);
  }

  private static ArchRule noBareRuntimeException() {
    return noClasses()
        .should(GeneralCodingRules.THROW_GENERIC_EXCEPTIONS)
        .because("an exception says what kind of failure it is");
  }

  private static ArchRule closedTypesInCore() {
    return classes()
        .that()
        .resideInAnyPackage(CORE)
        .and()
        .arePublic()
        .and(areShipped())
        .should(beClosed())
        .because("what core offers is data, or a small interface");
  }

  /// Classes beside the tests of a module are not shipped; the fixtures of BitesTest stand for
  /// shipped ones.
  private static DescribedPredicate<JavaClass> areShipped() {
    return describe(
        "are shipped",
        type ->
            type.getPackageName().contains(".fixture")
                || (!isBuiltFrom(type, "/test-classes/")
                    && !type.getPackageName().startsWith("dev.weir.testing")));
  }

  private static boolean isBuiltFrom(JavaClass type, String folder) {
    return type.getSource().filter(s -> s.getUri().toString().contains(folder)).isPresent();
  }

  private static ArchCondition<JavaClass> beClosed() {
    return new ArchCondition<>("be records, sealed, final, enums or interfaces") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean closed =
            type.isRecord()
                || type.isInterface()
                || type.isEnum()
                || type.getModifiers().contains(JavaModifier.FINAL)
                || type.reflect().isSealed();
        if (!closed) {
          events.add(SimpleConditionEvent.violated(type, type.getName() + " is open"));
        }
      }
    };
  }
}
