-- What must hold whatever tasks do at the same time is said here, or guarded by the lock of the contest's row.

create table games.player (
  id   bigint generated always as identity primary key,
  name text not null unique
);

create table games.contest (
  id         bigint primary key,
  match      text not null,
  cricketers text[] not null,
  state      text not null default 'OPEN' check (state in ('OPEN', 'CLOSED', 'SETTLED'))
);

-- The key: a player has at most one entry in a contest.
create table games.entry (
  contest bigint not null references games.contest,
  player  bigint not null references games.player,
  squad   text[] not null,
  primary key (contest, player)
);

create table games.points (
  contest   bigint not null references games.contest,
  cricketer text not null,
  total     integer not null check (total >= 0),
  primary key (contest, cricketer)
);
