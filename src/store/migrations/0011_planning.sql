-- The timeline: types of events, events and scheduled issues, what changed them, and what a site
-- says about planning. Worklog categories and the approval of single worklogs stand beside.

create table event_type (
  site_id integer not null references site (id),
  id bigint not null,
  kind text not null,
  name text not null,
  is_system boolean not null default false,
  is_milestone boolean not null default false,
  version bigint not null default 0,
  primary key (site_id, id)
);
create unique index event_type_name on event_type (site_id, lower(name));

insert into event_type (site_id, id, kind, name, is_system)
select s.id, t.id, t.kind, t.name, true
from site s cross join (values
  (1001, 'booking', 'Booking'), (1002, 'placeholder', 'Placeholder'), (1003, 'day-off', 'Day Off'),
  (1004, 'vacation', 'Vacation'), (1005, 'sick-leave', 'Sick Leave'), (1006, 'holiday', 'Holiday'),
  (1007, 'note', 'Note'), (1008, 'overtime', 'Overtime')) as t (id, kind, name);

-- Ids come from the program: random and below 2^53, or as imported, up to 2^63-1.
alter table planned_event alter column id drop identity;
alter table planned_event alter column person_id drop not null;
alter table planned_event
  add column type_id bigint,
  add column team_id bigint,
  add column issue_id bigint,
  add column project_id bigint,
  add column seconds_per_day integer check (seconds_per_day between 0 and 86400),
  add column original_seconds bigint check (original_seconds >= 0),
  add column remaining_seconds bigint check (remaining_seconds >= 0),
  add column color text,
  add column uid uuid not null default gen_random_uuid(),
  add column link text not null default '',
  add column approved_by bigint,
  add column approved_at timestamptz(3),
  add column created_by bigint,
  add column created_at timestamptz(3) not null default now(),
  add column updated_at timestamptz(3) not null default now(),
  add column version bigint not null default 0;

update planned_event e set type_id = t.id
from event_type t where t.site_id = e.site_id and t.kind = e.kind;

alter table planned_event
  add check (kind in ('booking', 'placeholder', 'day-off', 'vacation', 'sick-leave', 'holiday',
    'note', 'overtime', 'issue')),
  add check ((person_id is null) <> (team_id is null)),
  add check ((kind = 'issue') = (type_id is null)),
  add check (kind <> 'issue' or issue_id is not null),
  add foreign key (site_id, type_id) references event_type (site_id, id),
  add foreign key (site_id, team_id) references team (site_id, id) on delete cascade,
  add foreign key (site_id, issue_id) references issue (site_id, id),
  add foreign key (site_id, project_id) references project (site_id, id);

-- A window of days reads what ends in or after it, person by person; most of a timeline is past.
drop index planned_event_person;
create index planned_event_person on planned_event (site_id, person_id, to_day, from_day);
create index planned_event_team on planned_event (site_id, team_id, to_day)
  where team_id is not null;
create index planned_event_issue on planned_event (site_id, issue_id) where issue_id is not null;
create index planned_event_type on planned_event (site_id, type_id);

create table planned_event_change (
  site_id integer not null references site (id),
  version bigint not null,
  event_id bigint not null,
  actor_id bigint not null,
  at timestamptz(3) not null,
  before jsonb,
  after jsonb,
  primary key (site_id, version)
);
create index planned_event_change_age on planned_event_change (site_id, at);

create table planning_setting (
  site_id integer not null references site (id),
  spread text not null default 'balance' check (spread in ('balance', 'liquid')),
  scope text not null default 'all' check (scope in ('all', 'fromToday')),
  counts_unapproved_absence boolean not null default true,
  approves_worklogs boolean not null default true,
  vacation_days numeric(5, 2) check (vacation_days >= 0),
  is_activity_timeline_on boolean not null default false,
  activity_timeline_window text not null default 'exact'
    check (activity_timeline_window in ('exact', 'seed')),
  activity_timeline_extended boolean not null default false,
  version bigint not null default 0,
  primary key (site_id)
);

create table vacation_allowance (
  site_id integer not null,
  person_id bigint not null,
  year integer not null check (year between 1900 and 2199),
  days numeric(5, 2) not null check (days >= 0),
  primary key (site_id, person_id, year),
  foreign key (site_id, person_id) references person (site_id, id)
);

create table worklog_category (
  site_id integer not null references site (id),
  id smallint not null check (id between -128 and 127),
  name text not null,
  is_billable boolean not null,
  is_active boolean not null default true,
  version bigint not null default 0,
  primary key (site_id, id)
);
create unique index worklog_category_name on worklog_category (site_id, lower(name));

insert into worklog_category (site_id, id, name, is_billable)
select s.id, c.id, c.name, c.is_billable
from site s cross join (values (0, 'Billable', true), (1, 'Non-Billable', false))
  as c (id, name, is_billable);

-- One worklog that stands still because somebody approved it by itself. `approved_by` is null
-- where a system did.
create table worklog_approval (
  site_id integer not null,
  worklog_id bigint not null,
  approved_by bigint,
  approved_at timestamptz(3) not null,
  primary key (site_id, worklog_id),
  foreign key (site_id, worklog_id) references worklog (site_id, id)
);
