-- The table of dev.chassis.inbox for PostgreSQL. Times are milliseconds since 1970.
create table chassis_inbox (
  consumer varchar(100) not null,
  message_id varchar(200) not null,
  handled_at bigint not null,
  primary key (consumer, message_id)
);
create index chassis_inbox_age on chassis_inbox (handled_at);
