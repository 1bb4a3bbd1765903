package dev.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher beside a Java and a Maven that only write down how they were called. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
final class LauncherTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private Path home;
    private Path bin;

    @BeforeEach
    void lay() throws IOException {
        home = Files.createDirectories(folder.resolve("a home"));
        bin = Files.createDirectories(folder.resolve("bin"));
        Files.copy(Path.of("weir"), home.resolve("weir"));
        Files.createDirectories(home.resolve("src/main"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        tool(
                "java",
                "if [ \"$1\" = -version ]; then echo 'openjdk version \"17.0.1\" 2021-10-19' >&2; else"
                        + " for a; do echo \"$a\"; done; fi");
        tool("javac", "true");
        tool("mvn", "echo build >>'" + folder + "/builds'; sleep 1; touch '" + home + "/target/weir.jar'");
        age();
    }

    @Test
    void shouldBuildOnceAndThenRunWithTheArguments() throws Exception {
        Run first = run(home.resolve("weir"), Map.of(), "submit", "two words", "");
        Run second = run(home.resolve("weir"), Map.of("WEIR_JAVA_OPTS", "-Xmx1g -Da=b"), "--help");

        assertThat(first.exit).isZero();
        assertThat(first.err).containsExactly("weir: building (first run takes a few minutes)…");
        assertThat(first.out).endsWith("dev.weir.cli.Main", "submit", "two words", "");
        assertThat(first.out).contains(home + "/target/weir.jar:" + home + "/target/lib/*");
        assertThat(first.out).contains("-Dweir.terminal=false", "-Dweir.terminal.input=false");
        assertThat(second.err).isEmpty();
        assertThat(second.out).contains("-Xmx1g", "-Da=b");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void shouldBuildAgainAfterASourceChanged() throws Exception {
        run(home.resolve("weir"), Map.of(), "a");
        Path source = Files.writeString(home.resolve("src/main/A.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));

        run(home.resolve("weir"), Map.of(), "a");

        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void shouldRunThroughALinkAndLeaveTheFolderOfTheCallerAlone() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("weir-link"), Path.of("a home/weir"));
        Path second = Files.createSymbolicLink(bin.resolve("weir"), link);

        assertThat(run(second, Map.of(), "a").out).contains("-Dweir.home=" + home);
    }

    @Test
    void shouldBuildOnlyOnceWhenStartedTwiceAtTheSameTime() throws Exception {
        Process one = start(home.resolve("weir"), Map.of(), "a");
        Process other = start(home.resolve("weir"), Map.of(), "b");

        assertThat(finish(one).exit).isZero();
        assertThat(finish(other).exit).isZero();
        assertThat(builds()).isEqualTo(1);
        assertThat(home.resolve(".weir-build.lock")).doesNotExist();
    }

    @Test
    void shouldPassOverTheLockOfABuildThatDied() throws Exception {
        Path lock = Files.createDirectory(home.resolve(".weir-build.lock"));
        Files.writeString(lock.resolve("pid"), "99999999\n");

        assertThat(run(home.resolve("weir"), Map.of(), "a").exit).isZero();
        assertThat(lock).doesNotExist();
    }

    @Test
    void shouldShowTheEndOfTheLogWhenTheBuildFails() throws Exception {
        tool("mvn", "echo 'ERROR it does not compile'; exit 1");

        Run run = run(home.resolve("weir"), Map.of(), "a");

        assertThat(run.exit).isEqualTo(1);
        assertThat(run.err).contains("ERROR it does not compile");
        assertThat(run.err.get(run.err.size() - 1)).startsWith("weir: the build failed; the whole log is ");
        assertThat(run.out).isEmpty();
        assertThat(home.resolve(".weir-build.lock")).doesNotExist();
    }

    @Test
    void shouldExplainWhatIsMissingInOneLine() throws Exception {
        tool("java", "echo 'java version \"1.8.0_402\"' >&2");
        assertThat(run(home.resolve("weir"), Map.of(), "a"))
                .isEqualTo(new Run(
                        2,
                        List.of(),
                        List.of("weir: " + bin + "/java is Java 8; Weir needs 17 or later, set JAVA_HOME to such a"
                                + " JDK")));
        assertThat(run(home.resolve("weir"), Map.of("JAVA_HOME", "/nowhere"), "a").err)
                .containsExactly("weir: JAVA_HOME is /nowhere, which has no bin/java; point it at a JDK 17 or later");
    }

    @Test
    void shouldNeedNoMavenWhereTheProgramIsInstalled() throws Exception {
        tool("mvn", "exit 1");
        Files.delete(home.resolve("pom.xml"));
        Files.createDirectories(home.resolve("target"));
        Files.createFile(home.resolve("target/weir.jar"));

        assertThat(run(home.resolve("weir"), Map.of(), "a").exit).isZero();
        assertThat(folder.resolve("builds")).doesNotExist();
    }

    private void tool(String name, String script) throws IOException {
        Path tool = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
    }

    /** A build that ends within the same tick of the clock as an edit is as new as the edit. */
    private void age() throws IOException {
        for (String name : List.of("pom.xml", "src/main", "weir")) {
            Files.setLastModifiedTime(home.resolve(name), FileTime.from(LONG_AGO));
        }
    }

    private int builds() throws IOException {
        return Files.readAllLines(folder.resolve("builds")).size();
    }

    private Process start(Path launcher, Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("JAVA_HOME");
        builder.environment().remove("WEIR_JAVA_OPTS");
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Run run(Path launcher, Map<String, String> environment, String... args) throws Exception {
        return finish(start(launcher, environment, args));
    }

    private static Run finish(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), out.lines().toList(), err.lines().toList());
    }

    private record Run(int exit, List<String> out, List<String> err) {}
}
