-- The tables of the outbox and the inbox, where connections look for them: the schema of this service is not on their path.

-- The tables of dev.chassis.outbox for PostgreSQL. Times are milliseconds since 1970, by the clock of the database.
create table public.chassis_outbox (
  id bigint generated always as identity primary key,
  partition_no integer not null,
  message_key varchar(200) not null,
  message_id varchar(200) not null,
  exchange varchar(255) not null,
  routing_key varchar(255) not null,
  content_type varchar(255) not null,
  headers text not null,
  expiration_ms bigint,
  correlation_id varchar(64),
  trace_id varchar(32),
  body bytea not null,
  created_at bigint not null default cast(extract(epoch from statement_timestamp()) * 1000 as bigint),
  attempts integer not null default 0,
  next_at bigint not null default 0,
  last_error varchar(500)
);
create index chassis_outbox_order on public.chassis_outbox (partition_no, id);
create index chassis_outbox_waiting on public.chassis_outbox (next_at) where next_at > 0;
-- Rows live for milliseconds: without this the table bloats before the default of a fifth of it is dead.
alter table public.chassis_outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

create table public.chassis_outbox_partition (
  partition_no integer primary key,
  owner varchar(100) not null default '',
  expires_at bigint not null default 0
);
insert into public.chassis_outbox_partition (partition_no)
  values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15);

create table public.chassis_outbox_relay (
  owner varchar(100) primary key,
  expires_at bigint not null
);

-- The table of dev.chassis.inbox for PostgreSQL. Times are milliseconds since 1970.
create table public.chassis_inbox (
  consumer varchar(100) not null,
  message_id varchar(200) not null,
  handled_at bigint not null,
  primary key (consumer, message_id)
);
create index chassis_inbox_age on public.chassis_inbox (handled_at);
