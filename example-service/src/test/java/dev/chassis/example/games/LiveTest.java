package dev.chassis.example.games;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chassis.lifecycle.Component;
import dev.chassis.testing.ComponentContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTest implements ComponentContract {

    @Override
    public Component create() {
        return new Live();
    }

    @Test
    void aSlowFollowerSkipsWhatIsOutOfDate() throws InterruptedException {
        Live live = new Live();
        Follower slow = live.follow(1);
        live.publish(1, List.of(new Standing(1, "Asha", 1)));
        live.publish(1, List.of(new Standing(1, "Asha", 2)));

        assertThat(slow.next(Duration.ZERO)).contains(List.of(new Standing(1, "Asha", 2)));
        assertThat(slow.next(Duration.ZERO)).isEmpty();
    }

    @Test
    void aFollowerIsToldNothingTwice() throws InterruptedException {
        Live live = new Live();
        Follower follower = live.follow(1);
        live.publish(1, List.of(new Standing(1, "Asha", 1)));
        assertThat(follower.next(Duration.ZERO)).isPresent();

        live.publish(1, List.of(new Standing(1, "Asha", 1)));
        assertThat(follower.next(Duration.ZERO)).isEmpty();
    }

    @Test
    void theFirstLeaderboardDoesNotReplaceANewerOne() throws InterruptedException {
        Live live = new Live();
        Follower follower = live.follow(1);
        live.publish(1, List.of(new Standing(1, "Asha", 2)));
        follower.begin(List.of(new Standing(1, "Asha", 1)));

        assertThat(follower.next(Duration.ZERO)).contains(List.of(new Standing(1, "Asha", 2)));
    }

    @Test
    void onlyContestsWithSomebodyWhoFollowsAreFollowed() {
        Live live = new Live();
        Follower follower = live.follow(1);
        assertThat(live.followed()).containsExactly(1L);

        live.leave(1, follower);
        assertThat(live.followed()).isEmpty();
    }

    @Test
    void whoeverFollowsDuringTheDrainIsToldThatItIsOver() {
        Live live = new Live();
        live.drain();
        assertThat(live.follow(1).isOver()).isTrue();
    }
}
