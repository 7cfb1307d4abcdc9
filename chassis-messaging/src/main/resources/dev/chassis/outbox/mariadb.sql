-- The tables of dev.chassis.outbox for MariaDB. Times are milliseconds since 1970, by the clock of the database.
-- The collation tells 'a' from 'A' and from 'a ': keys and ids are names, not words.
create table chassis_outbox (
  id bigint auto_increment primary key,
  partition_no integer not null,
  message_key varchar(200) not null,
  message_id varchar(200) not null,
  exchange varchar(255) not null,
  routing_key varchar(255) not null,
  content_type varchar(255) not null,
  headers mediumtext not null,
  expiration_ms bigint,
  correlation_id varchar(64),
  trace_id varchar(32),
  body longblob not null,
  created_at bigint not null default (timestampdiff(microsecond, '1970-01-01 00:00:00', utc_timestamp(3)) div 1000),
  attempts integer not null default 0,
  next_at bigint not null default 0,
  last_error varchar(500),
  key chassis_outbox_order (partition_no, id),
  key chassis_outbox_waiting (next_at, message_key)
) engine = InnoDB, character set utf8mb4, collate utf8mb4_nopad_bin;

create table chassis_outbox_partition (
  partition_no integer primary key,
  owner varchar(100) not null default '',
  expires_at bigint not null default 0
) engine = InnoDB, character set utf8mb4, collate utf8mb4_nopad_bin;
insert into chassis_outbox_partition (partition_no)
  values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15);

create table chassis_outbox_relay (
  owner varchar(100) primary key,
  expires_at bigint not null
) engine = InnoDB, character set utf8mb4, collate utf8mb4_nopad_bin;
