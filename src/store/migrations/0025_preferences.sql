-- How a person wants the application to look and speak, on whatever machine.

create table person_preference (
  site_id integer not null,
  person_id bigint not null,
  preferences jsonb not null,
  primary key (site_id, person_id),
  foreign key (site_id, person_id) references person (site_id, id)
);
