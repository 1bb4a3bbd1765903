package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClearTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://grok.example:8089",
                "HTTP://10.0.0.7",
                "http://127.0.0.1.example",
                "http://localhost.example",
                "http://127.example",
                "http://[::2]:80",
                "http://0.0.0.0"
            })
    void shouldWarnOfAKeyThatLeavesTheMachineUnencrypted(String url) {
        assertThat(warnings("grok.base.url=" + url))
                .singleElement()
                .asString()
                .contains("grok.base.url " + url)
                .endsWith("use https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.x.ai",
                "http://localhost:8089",
                "http://LOCALHOST",
                "http://sim.localhost",
                "http://127.0.0.1:8089",
                "http://127.3.2.1",
                "http://[::1]:8089"
            })
    void shouldNotWarnOfEncryptionNorOfTheMachineItself(String url) {
        assertThat(warnings("grok.base.url=" + url)).isEmpty();
    }

    @Test
    void shouldWarnOfCredentialsForARegistryButNotOfOneWithout() {
        String urls = "schema.registry.url=https://a.example,http://b.example:8081,http://localhost:1";

        assertThat(warnings(urls)).isEmpty();
        assertThat(warnings(urls, "schema.registry.basic.auth.user.info=me:secret"))
                .containsExactly("schema.registry.url http://b.example:8081"
                        + " sends the registry's credentials unencrypted; use https");
    }

    private static List<String> warnings(String... settings) {
        List<String> all = new ArrayList<>(List.of("bootstrap.servers=a:1"));
        all.addAll(List.of(settings));
        return ConfigLoader.load(null, all, Map.of()).clearTextWarnings();
    }
}
