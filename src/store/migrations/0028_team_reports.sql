-- Kept reports that a team has at its home.

create table team_report (
  site_id integer not null,
  team_id bigint not null,
  report_id bigint not null,
  shown_as text not null check (shown_as in ('table', 'chart')),
  pinned_by bigint not null,
  pinned_at timestamptz(3) not null,
  primary key (site_id, team_id, report_id),
  foreign key (site_id, team_id) references team (site_id, id),
  foreign key (site_id, report_id) references report (site_id, id) on delete cascade,
  foreign key (site_id, pinned_by) references person (site_id, id)
);
create index team_report_report on team_report (site_id, report_id);
