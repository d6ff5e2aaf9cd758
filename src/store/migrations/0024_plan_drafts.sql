-- What somebody plans aside, until they publish it or throw it away. `steps` holds what each change
-- made of which events, with the events as they stood: their versions tell what changed meanwhile.
create table plan_draft (
  site_id integer not null,
  id bigint generated always as identity,
  owner_id bigint not null,
  name text not null,
  steps jsonb not null,
  changes integer not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version bigint not null,
  primary key (site_id, id),
  foreign key (site_id, owner_id) references person (site_id, id)
);
create index plan_draft_owner on plan_draft (site_id, owner_id);
