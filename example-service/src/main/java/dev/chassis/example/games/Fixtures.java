package dev.chassis.example.games;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The matches of the day: every cricketer is a team and a shirt number. */
final class Fixtures {

    private static final int TEAM_SIZE = 11;

    private Fixtures() {}

    static List<Contest> today() {
        return List.of(contest(1, "IND", "AUS"), contest(2, "ENG", "NZL"));
    }

    private static Contest contest(long id, String home, String away) {
        Set<String> cricketers = Stream.of(home, away).flatMap(Fixtures::team).collect(Collectors.toSet());
        return new Contest(id, home + "-" + away, cricketers, Contest.State.OPEN, 0);
    }

    private static Stream<String> team(String code) {
        return IntStream.rangeClosed(1, TEAM_SIZE).mapToObj(shirt -> code + shirt);
    }
}
