package dev.chassis.example.games;

/** A line of the leaderboard. Players with the same points share a rank. */
record Standing(int rank, String player, int points) {}
