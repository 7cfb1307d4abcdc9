package dev.chassis.bench.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Spring Boot web with one controller. The port is the property {@code server.port}. */
@SpringBootApplication
@RestController
public class SpringServer {
    /**
     * Serves until the process is killed.
     *
     * @param args Spring's command line
     */
    public static void main(String[] args) {
        SpringApplication.run(SpringServer.class, args);
    }

    /**
     * Greets.
     *
     * @return the greeting
     */
    @GetMapping("/hello")
    public String hello() {
        return "Hello, World!";
    }
}
