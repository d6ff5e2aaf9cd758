-- What a person keeps for their own week: issues always at hand, and the timer that runs.

create table favourite_issue (
  site_id integer not null,
  person_id bigint not null,
  issue_id bigint not null,
  added_at timestamptz(3) not null,
  primary key (site_id, person_id, issue_id),
  foreign key (site_id, person_id) references person (site_id, id),
  foreign key (site_id, issue_id) references issue (site_id, id)
);

create index favourite_issue_issue on favourite_issue (site_id, issue_id);

create table timer (
  site_id integer not null,
  person_id bigint not null,
  issue_id bigint not null,
  started_at timestamptz(3) not null,
  comment text not null,
  primary key (site_id, person_id),
  foreign key (site_id, person_id) references person (site_id, id),
  foreign key (site_id, issue_id) references issue (site_id, id)
);

create index timer_issue on timer (site_id, issue_id);
