-- Consents under way: what waits for a browser to come back from Atlassian. Sealed, used once.
create table oauth_attempt (
  site_id integer not null references site (id),
  state_hash text not null,
  payload text not null,
  expires_at timestamptz(3) not null,
  primary key (site_id, state_hash)
);
