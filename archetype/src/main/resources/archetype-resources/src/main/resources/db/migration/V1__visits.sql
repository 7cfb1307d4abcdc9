create table visits (
    name varchar(100) primary key,
    times bigint not null
#if($database == "mysql")
) character set utf8mb4 collate utf8mb4_bin;
#else
);
#end
