package dev.weir;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The arrows between packages, the purity of policies, and who may read a clock or end the process. */
@AnalyzeClasses(packages = "dev.weir", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    /** Which packages each package may use, besides libraries and itself. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("event", Set.of()),
            Map.entry("permit", Set.of("event")),
            Map.entry("client", Set.of("permit")),
            Map.entry("grok", Set.of("event")),
            Map.entry("admission", Set.of("event", "permit", "client")),
            Map.entry("control", Set.of("permit", "registry")),
            Map.entry("status", Set.of("event", "admission")),
            Map.entry("retry", Set.of("event")),
            Map.entry("deadletter", Set.of("event")),
            Map.entry("dispatch", Set.of("event", "permit", "client", "grok", "retry", "deadletter", "poison")),
            Map.entry("poison", Set.of("event")),
            Map.entry("schema", Set.of()),
            Map.entry("registry", Set.of()),
            Map.entry("avro", Set.of("event", "control", "registry", "schema")),
            Map.entry("simulator", Set.of()),
            Map.entry("broker", Set.of()),
            Map.entry("topic", Set.of()),
            Map.entry("config", Set.of("event")),
            Map.entry("verify", Set.of("event")),
            Map.entry("ops", Set.of("event")));

    @ArchTest
    static void arrowsPointOneWay(com.tngtech.archunit.core.domain.JavaClasses classes) {
        ARROWS.forEach((from, allowed) -> noClasses()
                .that()
                .resideInAPackage("dev.weir." + from + "..")
                .should()
                .dependOnClassesThat(oursOutside(from, allowed))
                .allowEmptyShould(true)
                .check(classes));
    }

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.weir.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheCommandLineEndsTheProcess = noClasses()
            .that()
            .resideOutsideOfPackage("dev.weir.cli..")
            .should()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule noKafkaStreamsInternals =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.kafka.streams..internals..");

    private static DescribedPredicate<JavaClass> oursOutside(String from, Set<String> allowed) {
        List<String> permitted = new java.util.ArrayList<>(allowed);
        permitted.add(from);
        return DescribedPredicate.describe("are ours, outside " + permitted, type -> {
            String name = type.getPackageName();
            return name.startsWith("dev.weir")
                    && permitted.stream()
                            .noneMatch(p -> name.equals("dev.weir." + p) || name.startsWith("dev.weir." + p + "."));
        });
    }
}
