/**
 * PlatformGames, fantasy cricket: players enter contests with a squad, scores come in, the leaderboard is followed live. Start with
 * {@link dev.chassis.example.games.PlatformGames}. Data is in memory.
 */
@NullMarked
package dev.chassis.example.games;

import org.jspecify.annotations.NullMarked;
