-- What a Jira shows to its clients: when each change came, filters of our own, words of comments.

-- Which moment stands for which version in the feeds: the versions from `first_version` on count
-- up from `at_ms` a millisecond each, until the next row. Strictly increasing, so that a reader
-- who goes by moments misses nothing and can always go on, whatever clocks say.
create table feed_stamp (
  site_id integer not null references site (id),
  first_version bigint not null,
  at_ms bigint not null,
  primary key (site_id, first_version)
);
create index feed_stamp_moment on feed_stamp (site_id, at_ms, first_version);
-- What is there already: its versions end now, a millisecond apart.
insert into feed_stamp (site_id, first_version, at_ms)
  select id, 0, (extract(epoch from now()) * 1000)::bigint - version from site;


-- Filters of a Jira are seen by all; those made here begin as their owner's alone.
alter table saved_filter add column is_shared boolean not null default true;
create index saved_filter_name on saved_filter (site_id, lower(name));

create table filter_favourite (
  site_id integer not null,
  filter_id bigint not null,
  person_id bigint not null,
  primary key (site_id, filter_id, person_id),
  foreign key (site_id, filter_id) references saved_filter (site_id, id) on delete cascade,
  foreign key (site_id, person_id) references person (site_id, id)
);
create index filter_favourite_person on filter_favourite (site_id, person_id);

-- The feed of deletions goes by version: few rows among many.
create index worklog_deleted_version on worklog (site_id, version) where deleted_at is not null;
