package dev.chassis.example.games;

import dev.chassis.http.HttpException;
import dev.chassis.http.Request;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The contests of the day, by id. Thread-safe. */
final class Contests {

    private final ConcurrentNavigableMap<Long, Contest> byId = new ConcurrentSkipListMap<>();

    void add(Contest contest) {
        byId.put(contest.id(), contest);
    }

    List<Contest> all() {
        return List.copyOf(byId.values());
    }

    /** The contest a request is about: its path parameter {@code id}. */
    Contest of(Request request) {
        long id = request.path("id", Long.class);
        Contest contest = byId.get(id);
        if (contest == null) {
            throw HttpException.notFound("there is no contest " + id);
        }
        return contest;
    }
}
