-- The tables of dev.chassis.outbox for H2, for development. Times are milliseconds since 1970, by the clock of the database.
create table chassis_outbox (
  id bigint generated always as identity primary key,
  partition_no integer not null,
  message_key varchar(200) not null,
  message_id varchar(200) not null,
  exchange varchar(255) not null,
  routing_key varchar(255) not null,
  content_type varchar(255) not null,
  headers varchar(100000) not null,
  expiration_ms bigint,
  correlation_id varchar(64),
  trace_id varchar(32),
  body bytea not null,
  created_at bigint default cast(extract(epoch from current_timestamp) * 1000 as bigint) not null,
  attempts integer default 0 not null,
  next_at bigint default 0 not null,
  last_error varchar(500)
);
create index chassis_outbox_order on chassis_outbox (partition_no, id);
create index chassis_outbox_waiting on chassis_outbox (next_at);

create table chassis_outbox_partition (
  partition_no integer primary key,
  owner varchar(100) default '' not null,
  expires_at bigint default 0 not null
);
insert into chassis_outbox_partition (partition_no)
  values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15);

create table chassis_outbox_relay (
  owner varchar(100) primary key,
  expires_at bigint not null
);
