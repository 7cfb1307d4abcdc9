package dev.chassis.messaging;

import dev.chassis.config.Checked.Problems;
import dev.chassis.devservices.DevServices;
import java.nio.file.Files;
import java.nio.file.Path;

/** The rules between the keys of a connection, and what an address may look like. */
record Rules(String prefix, RabbitConfig config) {

    private static final String ADDRESSES = "host:port, more of them with commas between";

    void check(Problems problems) {
        addresses(problems);
        login(problems);
        tls(problems);
        if (config.reconnectMax().compareTo(config.reconnectMin()) < 0) {
            add(problems, "reconnect-max", "at least " + key("reconnect-min"));
        }
    }

    private void addresses(Problems problems) {
        if (config.addresses().isEmpty()) {
            if (DevServices.available().isEmpty()) {
                add(
                        problems,
                        "addresses",
                        ADDRESSES
                                + "; or chassis-testing on the class path of a developer's machine, which starts a broker");
            }
        } else if (!config.addresses().get().stream().allMatch(HostPort::isValid)) {
            add(problems, "addresses", ADDRESSES);
        }
    }

    private void login(Problems problems) {
        boolean password = Target.password(config).isPresent();
        if (config.username().isPresent() && !password) {
            add(problems, "password", "the password of " + key("username"));
        }
        if (config.username().isEmpty() && password) {
            add(problems, "username", "the user of " + key("password"));
        }
        if (config.addresses().isEmpty() && config.username().isPresent()) {
            add(problems, "username", "nothing without " + key("addresses"));
        }
    }

    private void tls(Problems problems) {
        if (!config.tls().enabled() && config.tls().caCertificate().isPresent()) {
            add(problems, "tls.enabled", "true with " + key("tls.ca-certificate"));
        }
        if (config.tls().enabled() && config.addresses().isEmpty()) {
            add(problems, "tls.enabled", "false without " + key("addresses"));
        }
        config.tls()
                .caCertificate()
                .filter(file -> !Files.isReadable(Path.of(file)))
                .ifPresent(file -> add(problems, "tls.ca-certificate", "a PEM file that can be read"));
    }

    private void add(Problems problems, String key, String expected) {
        problems.add(key(key), expected);
    }

    private String key(String key) {
        return prefix + "." + key;
    }
}
