-- What systems that pay or bill say of worklogs they have taken over, and how worklogs are handed to them.

create table external_result (
  site_id integer not null,
  worklog_id bigint not null,
  external_id text,
  -- Decimal hours as they came, with a dot.
  hours text,
  result text not null,
  at timestamptz(3) not null,
  -- Fingerprint of what was handed over when it was answered for.
  fingerprint text not null,
  primary key (site_id, worklog_id),
  foreign key (site_id, worklog_id) references worklog (site_id, id)
);

create table hand_over_setting (
  site_id integer not null references site (id),
  custom_fields text[] not null default '{}',
  shows_start_time boolean not null default false,
  keeps_tombstones boolean not null default true,
  version bigint not null default 0,
  primary key (site_id)
);
