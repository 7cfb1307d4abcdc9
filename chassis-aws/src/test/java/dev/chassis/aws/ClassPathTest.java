package dev.chassis.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpService;
import software.amazon.awssdk.http.async.SdkAsyncHttpService;
import software.amazon.awssdk.http.urlconnection.UrlConnectionSdkHttpService;

/** The SDK of AWS brings no netty of its own, and no other HTTP client than that of the JDK. */
class ClassPathTest {

    @Test
    void thereIsOneNettyAndItIs42() {
        assertThat(jars("netty-")).isNotEmpty().allMatch(jar -> jar.contains("-4.2."));
    }

    @Test
    void everyClassOfNettyIsThereOnce() throws IOException {
        assertThat(Collections.list(getClass().getClassLoader().getResources("io/netty/buffer/ByteBuf.class")))
                .hasSize(1);
    }

    @Test
    void theHttpClientIsThatOfTheJdk() {
        assertThat(ServiceLoader.load(SdkHttpService.class))
                .singleElement()
                .isInstanceOf(UrlConnectionSdkHttpService.class);
        assertThat(ServiceLoader.load(SdkAsyncHttpService.class)).isEmpty();
        assertThat(jars("httpclient")).isEmpty();
    }

    private static List<String> jars(String prefix) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> String.valueOf(Path.of(entry).getFileName()))
                .filter(name -> name.startsWith(prefix))
                .toList();
    }
}
