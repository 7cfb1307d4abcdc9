package dev.chassis.parameters;

import dev.chassis.Chassis;

/** A service that tells what it was configured with and ends when it is ready. */
final class LastKnownProcess {

    private static final String[] FIXED = {
        "--chassis.http.port=0",
        "--chassis.admin.port=0",
        "--chassis.log.format=json",
        "--chassis.parameters.path=/below/",
        "--games.user=${ssm:/games/user}",
        "--games.password=${secret:games#password}"
    };

    private LastKnownProcess() {}

    interface Games {
        String user();

        String password();

        String below();
    }

    public static void main(String[] arguments) {
        String[] all = new String[arguments.length + FIXED.length];
        System.arraycopy(FIXED, 0, all, 0, FIXED.length);
        System.arraycopy(arguments, 0, all, FIXED.length, arguments.length);
        Chassis.run("games", all, service -> {
            Games games = service.config("games", Games.class);
            service.warmUp("tell", () -> {
                System.out.println(
                        "user=" + games.user() + " password=" + games.password() + " below=" + games.below());
                System.out.flush();
                Runtime.getRuntime().halt(0);
            });
        });
    }
}
