package org.faceaudit.pipeline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house's dependencies point one way: what happened ← how it is spelled ← how it flows ← which pieces make the job. */
@AnalyzeClasses(
        packages = "org.faceaudit",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {

    /** Packaged, the fixtures of other rooms come as jars, which the stock option does not know for tests. */
    static final class WithoutTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule CORE_KNOWS_ONLY_JAVA = classes()
            .that()
            .resideInAPackage("org.faceaudit.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.faceaudit.core..", "java..")
            .because("what is a breach must be readable, and testable, without any framework");

    @ArchTest
    static final ArchRule INTAKE_KNOWS_CORE_AND_ITS_FORMATS = classes()
            .that()
            .resideInAPackage("org.faceaudit.intake..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.faceaudit.intake..",
                    "org.faceaudit.core..",
                    "java..",
                    "com.fasterxml.jackson..",
                    "org.yaml.snakeyaml..")
            .because("how an operator spells what happened is the same whoever carries it");

    @ArchTest
    static final ArchRule RUNTIME_KNOWS_NO_JOB = noClasses()
            .that()
            .resideInAPackage("org.faceaudit.runtime..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.faceaudit.pipeline..", "org.faceaudit.cli..", "org.faceaudit.local..")
            .because("a step does not know which job it is part of");

    @ArchTest
    static final ArchRule STEPS_ASK_FAMILIES_AND_NOT_JUDGEMENTS = noClasses()
            .that()
            .haveNameMatching("org\\.faceaudit\\.runtime\\.step\\.JudgeStep.*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.faceaudit.core.judgement..")
            .because("the step that judges serves every family and knows no rule");

    @ArchTest
    static final ArchRule SINKS_DO_NOT_JUDGE = noClasses()
            .that()
            .resideInAPackage("org.faceaudit.runtime.sink..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(".*Judgements")
            .because("what leaves was decided before");

    @ArchTest
    static final ArchRule NOTHING_BELOW_RUNTIME_KNOWS_FLINK = noClasses()
            .that()
            .resideInAnyPackage("org.faceaudit.core..", "org.faceaudit.intake..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..", "java.sql..")
            .because("facts and law outlive the engine");
}
