package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** A key pair with a certificate of its own for 127.0.0.1, made by the JDK's keytool. */
record Certificate(Path keyStore, String password) {
    static Certificate make(Path folder, String password) throws Exception {
        Path store = folder.resolve("broker.p12");
        Path out = folder.resolve("keytool.txt");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=broker",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        password,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(keytool.waitFor()).as(Files.readString(out)).isZero();
        return new Certificate(store, password);
    }
}
