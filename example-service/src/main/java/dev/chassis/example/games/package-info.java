/**
 * PlatformGames, fantasy cricket: players enter contests with a squad, scores come in, the leaderboard is followed live. What
 * must last is in PostgreSQL, sessions are in Redis, the list of contests is cached in Hazelcast, and tasks tell each other of changes over
 * Redis; any number of them may run. Start with {@link dev.chassis.example.games.PlatformGames}.
 */
@NullMarked
package dev.chassis.example.games;

import org.jspecify.annotations.NullMarked;
