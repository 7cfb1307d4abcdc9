-- The table of dev.chassis.inbox for MariaDB. Times are milliseconds since 1970.
-- The collation tells 'a' from 'A' and from 'a ': with another one, a message could be taken for one that was handled before.
create table chassis_inbox (
  consumer varchar(100) not null,
  message_id varchar(200) not null,
  handled_at bigint not null,
  primary key (consumer, message_id),
  key chassis_inbox_age (handled_at)
) engine = InnoDB, character set utf8mb4, collate utf8mb4_nopad_bin;
