-- Whoever sends a write to a Jira says how long it is theirs; afterwards another may find out what
-- became of it, also whoever asks again with the same idempotency key.
alter table mirror_intent add column leased_until timestamptz(3);

-- What logging by hand does to an issue's remaining estimate there, and the first day taken in.
alter table jira_link add column estimates text not null default 'leave'
  check (estimates in ('leave', 'auto'));
alter table jira_link add column horizon date;
